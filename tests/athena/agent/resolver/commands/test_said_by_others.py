"""How other people say it: with reasons, forms of address, other spellings, and of what was just done."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import pytest

from custom_components.athena.agent.home import Area, Entity, Home
from custom_components.athena.agent.persona import load_persona
from custom_components.athena.agent.reading import Plan, Reading, Which
from custom_components.athena.agent.resolver.language.lexicon import load_lexicon
from custom_components.athena.agent.resolver.resolver import Resolver

from .commanded_home import DIM, PLAYER, Told, read, resolver, situation, told_of

SAID: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "a reason behind the command": {
        "turn off the ceiling fan it's too loud": ("fan.turn_off ceiling",),
        "kettle on, I'm so thirsty": ("switch.turn_on kettle",),
        "close the main valve theres water everywhere": ("valve.close_valve water",),
        "turn off the samsung tv we are leaving": ("media_player.turn_off tv",),
    },
    "a reason before it": {
        "I'm tired of this turn off the samsung": ("media_player.turn_off tv",),
        "she is turning off the samsung": (),
        "I am glad the samsung is off": (),
        "I forgot to turn off the samsung": (),
        "I hate it when you turn off the samsung": (),
        "turn off the samsung she said": (),
        "I am going to turn off the samsung": (),
        "he is the one who turns off the samsung": (),
        "it is nice that you turn off the samsung": (),
    },
    "somebody who is spoken to": {
        "close the curtains love": ("cover.close_cover curtains",),
        "hey dude kettle on": ("switch.turn_on kettle",),
    },
    "a thing asked for by its name alone": {
        "the hallway light please": ("light.turn_on hall",),
        "gimme the strip": ("light.turn_on strip",),
        "the strip": (),
        "can I get a kettle": (),
        "I need light bulbs": (),
        "please no lights": (),
        "kitchen blind closed please": ("cover.close_cover kitchen",),
        "garage door closed": (),
    },
    "words parted and put together": {
        "counter top on": ("light.turn_on countertop",),
        "turn on the t v strip": ("light.turn_on strip",),
        "turn on the bed side lamp on the left": ("light.turn_on left",),
    },
    "another word for the thing": {
        "turn on the worktop": ("light.turn_on countertop",),
    },
    "clauses that nothing joins": {
        "kettle on turn off the samsung": ("switch.turn_on kettle", "media_player.turn_off tv"),
    },
    "what is to stay, excepted": {
        "turn on the kitchen lights but leave the countertop off": ("light.turn_on kitchen_ceiling",),
    },
    "a time and no temperature": {"heating down at ten": (), "heating down to ten": ("climate.set_temperature",)},
    "sound off is no screen off": {
        "kill the sound on the tv": ("media_player.volume_mute tv is_volume_muted=True",),
        "turn the sound back on on the tv": ("media_player.volume_mute tv is_volume_muted=False",),
    },
    "so much of a complaint": {"its way too cold in here": ("climate.set_temperature",)},
    "a room that is set to what only its heating can be": {
        "bedroom to 19": ("climate.set_temperature bedroom temperature=19",),
    },
}


@pytest.mark.parametrize(
    ("text", "deeds"), [pytest.param(text, deeds, id=text) for said in SAID.values() for text, deeds in said.items()]
)
def test_it_is_understood_as_others_say_it(text: str, deeds: tuple[str, ...]) -> None:
    """Do what is meant, and nothing where somebody only tells of it."""
    told = told_of(read(text)) if isinstance(read(text), Plan) else []
    assert len(told) == len(deeds), told
    assert all(one.startswith(other) for one, other in zip(told, deeds, strict=True)), told


THINGS: Final = {
    **{f"light.spot_{number}": f"Spot {number}" for number in range(1, 5)},
    "light.play_l": "Hue Play L",
    "light.play_r": "Hue Play R",
    "fan.mbr": "MBR Fan",
    "fan.cool": "Pure Cool",
    "switch.cool_night": "Pure Cool Night Mode",
    "media_player.oled": "LG OLED",
    "media_player.stick": "Fire TV Stick",
    "media_player.dot": "Echo Dot",
    "input_boolean.guests": "Guest Mode",
}
DEVICES: Final = {"fan.cool": "cool", "switch.cool_night": "cool"}
TOLD: Final[Mapping[str, Mapping[str, Any]]] = {
    "light": DIM,
    "fan": {"supported_features": 49},
    "media_player": PLAYER | {"device_class": "tv"},
    "media_player.dot": {"device_class": "speaker", "supported_features": 1 | 4 | 8 | 1024 | 4096 | 16384},
}
HOME: Final = Home(
    areas={"lounge": Area(id="lounge", names=("Living Room",)), "bedroom": Area(id="bedroom", names=("Bedroom",))},
    entities={
        id_: Entity(
            id=id_,
            names=(name,),
            area="bedroom" if id_ in ("media_player.stick", "fan.mbr") else "lounge",
            device=DEVICES.get(id_),
            device_class="speaker" if id_ == "media_player.dot" else "tv" if id_.startswith("media") else None,
        )
        for id_, name in THINGS.items()
    },
)


@cache
def other_home() -> Resolver:
    """Return the resolver of a home with numbers, abbreviations and devices of several things."""
    persona = load_persona("en")
    return Resolver(load_lexicon("en"), HOME, persona)


def said_there(text: str, last: Plan | None = None, area: str | None = "lounge") -> Reading | None:
    """Return what is understood there."""
    about = tuple(each for deed in last.deeds for each in deed.entities) if last is not None else ()
    known = situation(area, last, about)

    def state(entity: str) -> Told | None:
        told = TOLD.get(entity) or TOLD.get(entity.partition(".")[0], {})
        return Told("off", told) if entity in THINGS else None

    return other_home().read(text, type(known)(states=state, area=area, last=last, about=about))


@pytest.mark.parametrize(
    ("text", "deeds"),
    [
        ("turn on all four spots", ["light.turn_on spot_1 spot_2 spot_3 spot_4"]),
        ("turn on all five spots", []),
        ("spot number three on", ["light.turn_on spot_3"]),
        ("turn on the fourth spot", ["light.turn_on spot_4"]),
        ("turn on spots one and three", ["light.turn_on spot_1 spot_3"]),
        ("spots 1 2 and 4 on", ["light.turn_on spot_1 spot_2 spot_4"]),
        ("spot nine on", []),
        ("hue play left on", ["light.turn_on play_l"]),
        ("m b r fan on", ["fan.turn_on mbr"]),
        ("master bedroom fan on", ["fan.turn_on mbr"]),
        ("turn on the pure cool", ["fan.turn_on cool"]),
        ("pure cool night mode on", ["switch.turn_on cool_night"]),
        ("turn the tv off", ["media_player.turn_off oled"]),
        ("turn off the speaker", ["media_player.media_stop dot"]),
        ("start guest mode", ["input_boolean.turn_on guests"]),
    ],
)
def test_names_are_understood_as_they_are_spoken(text: str, deeds: list[str]) -> None:
    """Know numbers, letters, abbreviations, a device's main thing, and a screen by its class."""
    reading = said_there(text)
    assert (told_of(reading) if isinstance(reading, Plan) else []) == deeds


@pytest.mark.parametrize(
    ("first", "then", "deeds"),
    [
        ("spot one on", "two as well", ["light.turn_on spot_2"]),
        ("spot one on", "okay off", ["light.turn_off spot_1"]),
        ("spot one on", "no, off", ["light.turn_off spot_1"]),
        ("spot one on", "never mind turn it off", ["light.turn_off spot_1"]),
        ("spot one on", "no lights", []),
        ("mbr fan on", "faster", ["fan.turn_on mbr"]),  # here the states stay as they were: it is off
        ("turn the echo dot up", "a little more", ["media_player.volume_up dot"]),
        ("turn the echo dot down", "more", ["media_player.volume_down dot"]),
    ],
)
def test_it_goes_on_with_what_was_just_done(first: str, then: str, deeds: list[str]) -> None:
    """Mean the thing that was last spoken of."""
    last = said_there(first)
    assert isinstance(last, Plan)
    reading = said_there(then, last)
    assert (told_of(reading) if isinstance(reading, Plan) else []) == deeds


@pytest.mark.parametrize(
    ("answer", "deeds"),
    [
        ("not the left one", ["light.turn_on right"]),
        ("not left the other one", ["light.turn_on right"]),
        ("not that one the right one", ["light.turn_on right"]),
        ("not one of them", None),
    ],
)
def test_what_is_refused_leaves_the_other(answer: str, deeds: list[str] | None) -> None:
    """Take what is left; nothing where that is not one."""
    which = read("turn on the bedside lamp")
    assert isinstance(which, Which)
    chosen = resolver().choose(which, answer, situation(None))
    assert (told_of(chosen) if isinstance(chosen, Plan) else None) == deeds


@pytest.mark.parametrize(
    ("text", "is_doubtful"),
    [
        ("turn on the kettle", False),
        ("turn on the kettle at sunset", True),
        ("turn on mias kettle", True),
        ("turn on both kettles", True),
        ("turn on the kettel", False),
        ("turn on the ketle", False),
    ],
)
def test_the_reading_of_another_that_passed_over_a_word_is_doubted(text: str, is_doubtful: bool) -> None:
    """Doubt a condition, a name of somebody else, and two that are one."""
    plan = read("turn on the kettle")
    assert isinstance(plan, Plan)
    assert (resolver().doubt(text, plan) is not None) is is_doubtful
