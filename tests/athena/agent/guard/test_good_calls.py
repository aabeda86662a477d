"""The guard lets good calls pass, and keeps their opposites back: measured on sentences that others wrote.

The sets lie beside the project, at `../shared/data`; where they do not, this is skipped.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from custom_components.athena.agent.guard.guard import Guard, load_words
from custom_components.athena.agent.guard.polarity import Polarity
from custom_components.athena.agent.guard.risk import Policy
from custom_components.athena.agent.guard.verdict import Kind
from custom_components.athena.agent.home import Entity, Home, Situation
from custom_components.athena.agent.reading import Plan
from custom_components.athena.deed import Deed
from script.agent.own.dialogues import ExpectedDeed, load_dialogues
from script.agent.own.homes import load_home

from .homes import House, Is, deed

SHARED: Final = Path(__file__).parents[4].parent / "shared" / "data"
BLOCKED: Final = 0.01
"""Of the good calls, at most."""

DOMAINS: Final = {
    "garage-door": "cover",
    "heat-pump": "climate",
    "hvac": "climate",
    "light": "light",
    "light-dimmable": "light",
    "smart-blinds": "cover",
    "smart-lock": "lock",
    "smart-plug": "switch",
    "smart-speaker": "media_player",
    "switch": "switch",
}
ACTIONS: Final = {
    "Turn on": "turn_on",
    "Turn off": "turn_off",
    "Open": "open_cover",
    "Close": "close_cover",
    "Lock": "lock",
    "Unlock": "unlock",
    "Next track": "media_next_track",
    "Previous track": "media_previous_track",
    "Pause": "media_pause",
    "Unpause": "media_play",
}
OPPOSITE: Final = {
    "turn_on": "turn_off",
    "open_cover": "close_cover",
    "lock": "unlock",
    "media_next_track": "media_previous_track",
    "media_pause": "media_play",
    "open_valve": "close_valve",
    "volume_up": "volume_down",
    "start": "return_to_base",
    "start_mowing": "dock",
}
OPPOSITES: Final = OPPOSITE | {wrong: right for right, wrong in OPPOSITE.items()}

type Call = tuple[str, Deed]


def _read(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text("utf-8")) or {}


def _device_actions() -> Iterator[tuple[House, list[Call]]]:
    for file in sorted((SHARED / "device_actions").rglob("*.yaml")):
        described = _read(file)
        listed = described.get("actions")
        actions = listed.get("actions") if isinstance(listed, dict) else listed
        if not actions:
            continue
        device, house = described["device"], House()
        domain = DOMAINS[device["device_type"]]
        entity = f"{domain}.it"
        house.put(entity, device["name"], device.get("area") or "Hall")
        calls = []
        for one in actions:
            action, data = _action(one["action"])
            calls += [(text, deed(f"{domain}.{action}", entity, **data)) for text in one.get("sentences") or ()]
        yield house, calls


def _action(called: str) -> tuple[str, dict[str, Any]]:
    match called:
        case "Set brightness":
            return "turn_on", {"brightness_pct": 50}
        case "Set temperature":
            return "set_temperature", {"temperature": 21}
        case "Set volume":
            return "volume_set", {"volume_level": 0.5}
    return ACTIONS[called], {}


INTENTS: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "HassClimateSetTemperature": ("climate.set_temperature", {"temperature": 21}),
    "HassFanSetSpeed": ("fan.set_percentage", {"percentage": 50}),
    "HassLawnMowerDock": ("lawn_mower.dock", {}),
    "HassLawnMowerStartMowing": ("lawn_mower.start_mowing", {}),
    "HassLightSet": ("light.turn_on", {"brightness_pct": 50}),
    "HassMediaNext": ("media_player.media_next_track", {}),
    "HassMediaPause": ("media_player.media_pause", {}),
    "HassMediaPlayerMute": ("media_player.volume_mute", {"is_volume_muted": True}),
    "HassMediaPlayerUnmute": ("media_player.volume_mute", {"is_volume_muted": False}),
    "HassMediaPrevious": ("media_player.media_previous_track", {}),
    "HassMediaSearchAndPlay": ("media_player.play_media", {}),
    "HassMediaUnpause": ("media_player.media_play", {}),
    "HassSetPosition": ("cover.set_cover_position", {"position": 50}),
    "HassSetVolume": ("media_player.volume_set", {"volume_level": 0.5}),
    "HassVacuumReturnToBase": ("vacuum.return_to_base", {}),
    "HassVacuumStart": ("vacuum.start", {}),
    "HassVacuumCleanArea": ("vacuum.clean_area", {}),
}
STAND_INS: Final = {
    ("cover", "on"): "open_cover",
    ("cover", "off"): "close_cover",
    ("lock", "on"): "lock",
    ("lock", "off"): "unlock",
    ("valve", "on"): "open_valve",
    ("valve", "off"): "close_valve",
    ("button", "on"): "press",
}


def _intents_en() -> Iterator[tuple[House, list[Call]]]:
    for folder in sorted((SHARED / "intents_en").iterdir()):
        for file in sorted(folder.glob("*.yaml")) if folder.is_dir() else ():
            described, house = _read(file), House()
            for thing in described.get("entities") or ():
                house.put(f"{thing.get('domain', 'light')}.{len(house.entities)}", thing["name"])
            for area in described.get("areas") or ():
                house.put(f"sensor.of_{len(house.entities)}", area=area["name"])
            calls = [
                (text, found)
                for test in described.get("tests") or ()
                if (found := _of_intent(folder.name, test.get("slots") or {}, house)) is not None
                for text in test["sentences"]
            ]
            yield house, calls


def _of_intent(intent: str, slots: dict[str, Any], house: House) -> Deed | None:
    named = next((entity for entity, thing in house.entities.items() if thing.names[0] == slots.get("name")), None)
    domains = slots.get("domain") or ("cover" if "device_class" in slots else "light")
    domain = named.partition(".")[0] if named else domains if isinstance(domains, str) else domains[0]
    if intent == "HassSetVolumeRelative":
        action = "volume_up" if slots["volume_step"] == "up" or str(slots["volume_step"]).isdigit() else "volume_down"
        return deed(f"media_player.{action}", "media_player.it")
    if intent in ("HassTurnOn", "HassTurnOff"):
        power = "on" if intent == "HassTurnOn" else "off"
        return deed(f"{domain}.{STAND_INS.get((domain, power), f'turn_{power}')}", named or f"{domain}.it")
    if intent not in INTENTS:
        return None
    action, data = INTENTS[intent]
    return deed(action, named or f"{action.partition('.')[0]}.it", **data)


def _sets() -> list[Any]:
    sets = {"device_actions": _device_actions, "intents_en": _intents_en}
    return [
        pytest.param(
            load,
            id=name,
            marks=pytest.mark.skipif(not (SHARED / name).is_dir(), reason=f"{name} does not lie beside the project"),
        )
        for name, load in sets.items()
    ]


@pytest.mark.parametrize("load", _sets())
def test_at_most_one_good_call_in_a_hundred_is_kept_back(load: Any) -> None:
    words, good, blocked = load_words("en"), 0, []
    for house, calls in load():
        polarity = Polarity(words, house.home)
        for text, wanted in calls:
            good += 1
            if (why := polarity.contradiction(text, [wanted], house.states)) is not None:
                blocked.append(f"{text!r}: {why}")
    assert good > 500
    assert len(blocked) <= BLOCKED * good, "\n".join(blocked)


@pytest.mark.parametrize("load", _sets())
def test_nearly_every_call_that_does_the_opposite_is_kept_back(load: Any) -> None:
    """The rest is said in Spanish and French, or without any verb."""
    words, wrong, passed = load_words("en"), 0, []
    for house, calls in load():
        polarity = Polarity(words, house.home)
        for text, wanted in calls:
            if (opposite := OPPOSITES.get(wanted.action)) is None or wanted.data:
                continue
            wrong += 1
            done = deed(f"{wanted.domain}.{opposite}", *wanted.entities)
            if polarity.contradiction(text, [done], house.states) is None:
                passed.append(f"{text!r}: {done.domain}.{done.action}")
    assert wrong > 300
    assert len(passed) <= 0.1 * wrong, "\n".join(passed)


CHANGES: Final = {
    ("brightness", "up"): {"brightness_step_pct": 20},
    ("brightness", "down"): {"brightness_step_pct": -20},
}
"""What a relative deed sets, where its data tells by which amount and not by its action."""


def _wanted(expected: ExpectedDeed) -> Deed:
    data = dict(expected.data)
    for change in expected.change.items():
        data |= CHANGES.get(change, {})
    return deed(expected.action, *expected.entities, **data)


def test_what_people_say_in_three_homes_of_ours_is_let_through() -> None:
    homes = {name: _home_of(name) for name in {dialogue.home for dialogue in load_dialogues()}}
    good, kept = 0, []
    for dialogue in load_dialogues():
        home, states = homes[dialogue.home]
        guard, now, asked = Guard(home, load_words("en"), Policy()), dict(states), False
        for turn in dialogue.turns:
            now |= {
                entity: Is(str(told.get("state", now[entity].state)), {**now[entity].attributes, **told})
                for entity, told in turn.states.items()
                if entity in now
            }
            if turn.deeds and not asked:  # an answer is read together with what was said before
                good += 1
                plan = Plan(steps=tuple(_wanted(expected) for expected in turn.deeds))
                verdict = guard.before(turn.say, plan, Situation(states=now.get))
                if verdict.kind is not Kind.ALLOW:
                    kept.append(f"{turn.say!r}: {verdict.kind}, {verdict.cause}")
            asked = bool(turn.asks) or turn.confirms
    assert good > 150
    assert len(kept) <= BLOCKED * good, "\n".join(kept)


def _home_of(name: str) -> tuple[Home, dict[str, Is]]:
    own = load_home(name)
    entities = {
        id_: Entity(id=id_, names=(thing.name, *thing.aliases), area=thing.area) for id_, thing in own.entities.items()
    }
    return Home(entities=entities), {
        id_: Is(thing.state, thing.attributes_in(thing.state)) for id_, thing in own.entities.items()
    }
