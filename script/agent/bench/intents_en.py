"""Home Assistant's own English sentences: 41 intents, 1,110 sentences, each file with the home that it is about.

A file's home: its own entities, then those of `_fixtures.yaml` (a question that brings entities is about these alone,
as its expected answers are), and, where an area, a floor or a name of a test has nothing that the intent can act on,
that one thing. Somebody speaks from an area where the intent is one "in here" (home_assistant_intents says of which),
else nobody knows from where.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

import home_assistant_intents
import yaml
from homeassistant.util import slugify

from ..virtual.spec import AreaSpec, FloorSpec, HomeSpec, Thing, TimerSpec
from .answers import plain
from .cases import Case, CaseSet, Group, Turn
from .reference import QUESTIONS, ByIntent

DOMAINS: Final = {
    "HassLightSet": "light",
    "HassFanSetSpeed": "fan",
    "HassClimateSetTemperature": "climate",
    "HassClimateGetTemperature": "climate",
    "HassSetPosition": "cover",
    "HassVacuumStart": "vacuum",
    "HassVacuumReturnToBase": "vacuum",
    "HassVacuumCleanArea": "vacuum",
    "HassLawnMowerStartMowing": "lawn_mower",
    "HassLawnMowerDock": "lawn_mower",
    "HassMediaNext": "media_player",
    "HassMediaPause": "media_player",
    "HassMediaPlayerMute": "media_player",
    "HassMediaPlayerUnmute": "media_player",
    "HassMediaPrevious": "media_player",
    "HassMediaSearchAndPlay": "media_player",
    "HassMediaUnpause": "media_player",
    "HassSetVolume": "media_player",
    "HassSetVolumeRelative": "media_player",
}
"""What an intent acts on whose slots do not say it."""
SHOPPING: Final = "todo.shopping_list"


def load(folder: Path) -> CaseSet:
    """Return the set; `folder` holds `_fixtures.yaml` and a folder an intent."""
    fixtures = _read(folder / "_fixtures.yaml")
    files = sorted(folder.glob("*/*.yaml"))
    return CaseSet(name="intents_en", groups=tuple(_File(path, _read(path), fixtures).group() for path in files))


def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content


@cache
def _combinations() -> dict[str, Any]:
    path = Path(home_assistant_intents.__file__).with_name("intents.json")
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


class _File:
    """A file: an intent in one combination of slots."""

    def __init__(self, path: Path, content: Mapping[str, Any], fixtures: Mapping[str, Any]) -> None:
        self._source = f"{path.parent.name}/{path.stem}"
        self._intent = path.parent.name
        self._content = content
        combination = _combinations()[self._intent]["slot_combinations"].get(path.stem, {})
        self._is_in_here = combination.get("context_area") is True
        self._floors: dict[str, FloorSpec] = {}
        self._areas: dict[str, AreaSpec] = {}
        self._things: dict[str, Thing] = {}
        self._own: set[str] = set()
        self._build(fixtures)

    def group(self) -> Group:
        """Return its home and its sentences."""
        cases = tuple(
            self._case(test, number, sentence)
            for number, test in enumerate(self._content["tests"])
            for sentence in test["sentences"]
        )
        things = tuple(self._things.values())
        home = HomeSpec(name=self._source, floors=self._floors, areas=self._areas, things=things)
        return Group(home=home, cases=cases)

    def _case(self, test: Mapping[str, Any], number: int, sentence: str) -> Case:
        slots = dict(test.get("slots") or {})
        area = self._stand(slots)
        if area is not None and "area" not in slots:
            slots["area"] = self._areas[area].name
        what = ByIntent(intent=self._intent, slots=slots, response=str(test.get("response") or ""))
        return Case(
            turns=(Turn(text=sentence, expected=what),),
            source=f"{self._source}#{number + 1}",
            kind=self._intent,
            area=area,
            timers=self._timers(test),
            items=self._items(test),
            plays_what_is_searched=test.get("media") != [],
        )

    # ---- the home

    def _build(self, fixtures: Mapping[str, Any]) -> None:
        ids = {floor["id"]: floor["name"] for floor in fixtures["floors"]}
        ids |= {area["id"]: area["name"] for area in fixtures["areas"]}
        for floor in (*fixtures["floors"], *(self._content.get("floors") or ())):
            self._floor(floor["name"])
        for area in (*fixtures["areas"], *(self._content.get("areas") or ())):
            self._area(area["name"], ids.get(area.get("floor", ""), area.get("floor")))
        own = self._content.get("entities") or ()
        for entity in own:
            self._own.add(self._place(entity, entity["domain"], self._area_of(entity, ids)))
        taken = {plain(entity["name"]).replace("'", "") for entity in own}
        if self._intent in QUESTIONS and own:
            fixtures = {"entities": ()}
        for entity in fixtures["entities"]:
            name = entity["name"].replace("[']", "'")
            if plain(name).replace("'", "") not in taken:
                domain = entity["id"].partition(".")[0]
                self._place({**entity, "name": name}, domain, self._area_of(entity, ids))
        for test in self._content["tests"]:
            self._stand(dict(test.get("slots") or {}))

    def _floor(self, name: str) -> str:
        self._floors.setdefault(slugify(name), FloorSpec(name=name))
        return slugify(name)

    def _area(self, name: str, floor: str | None = None) -> str:
        key = slugify(name)
        known = self._areas.get(key, AreaSpec(name=name))
        self._areas[key] = replace(known, floor=self._floor(floor) if floor else known.floor)
        return key

    def _area_of(self, entity: Mapping[str, Any], ids: Mapping[str, str]) -> str | None:
        return self._area(ids.get(entity["area"], entity["area"])) if entity.get("area") else None

    def _place(self, entity: Mapping[str, Any], domain: str, area: str | None) -> str:
        state = entity.get("state")
        state = state["out"] if isinstance(state, Mapping) else state
        attributes = dict(entity.get("attributes") or {})
        if "volume_level" in attributes:
            attributes["volume_level"] = float(attributes["volume_level"]) / 100
        if "position" in attributes:
            attributes["current_position"] = int(attributes.pop("position"))
        if domain == "media_player":
            state = "paused" if self._intent == "HassMediaUnpause" else "playing"
        id_ = f"{domain}.{slugify(entity['name'])}"
        while id_ in self._things:
            id_ += "_2"
        self._things[id_] = Thing(
            id=id_, name=entity["name"], area=area, state=str(state or "unknown"), attributes=attributes
        )
        return id_

    # ---- what a test needs

    def _stand(self, slots: Mapping[str, Any]) -> str | None:
        """Let there be what the slots name, and return the area of the speaker."""
        domain = slots.get("domain") or DOMAINS.get(self._intent)
        if slots.get("area"):
            self._area(slots["area"])
        area = slugify(slots["area"]) if slots.get("area") else None
        floor = self._floor(slots["floor"]) if slots.get("floor") else None
        here = self._here(slots, domain) if self._is_in_here else None
        one = area or here
        wheres = [one] if one is not None else self._areas_on(floor) if floor else []
        if self._intent == "HassVacuumCleanArea":
            wheres = []  # the area is where it shall go
        if "timer" in self._intent.casefold() or self._intent in ("HassBroadcast", "HassRespond"):
            return None
        if slots.get("name"):
            self._have_named(slots["name"], domain, wheres)
        elif wheres and domain is not None:
            self._have_kind(domain, slots.get("device_class"), wheres)
        return here

    def _here(self, slots: Mapping[str, Any], domain: str | None) -> str:
        marked = [area["name"] for area in self._content.get("areas") or () if area.get("context_area")]
        if marked:
            return slugify(marked[0])
        for thing in self._things.values():
            if thing.area is not None and self._fits(thing, domain, slots.get("device_class")):
                return thing.area
        return slugify("Garage" if slots.get("device_class") == "garage" else "Living Room")

    def _areas_on(self, floor: str) -> list[str]:
        found = [key for key, area in self._areas.items() if area.floor == floor]
        return found or [self._area(f"{self._floors[floor].name} Hall", self._floors[floor].name)]

    @staticmethod
    def _fits(thing: Thing, domain: str | None, device_class: str | None) -> bool:
        return thing.domain == domain and (device_class is None or thing.attributes.get("device_class") == device_class)

    def _have_named(self, name: str, domain: str | None, areas: Sequence[str]) -> None:
        """Let something of this name be there, in one of these areas if there are any."""
        found = [thing for thing in self._things.values() if plain(thing.name) == plain(name)]
        if not found:
            self._place({"name": name}, domain or "light", areas[0] if areas else None)
        elif areas and all(thing.area not in areas for thing in found):
            movable = next((thing for thing in found if thing.id in self._own and thing.area is None), None)
            if movable is not None:
                self._things[movable.id] = replace(movable, area=areas[0])
            else:
                self._place({"name": name}, found[0].domain, areas[0])

    def _have_kind(self, domain: str, device_class: str | None, areas: Sequence[str]) -> None:
        """Let something of this kind be in one of these areas."""
        if any(thing.area in areas and self._fits(thing, domain, device_class) for thing in self._things.values()):
            return
        for id_ in self._own:
            thing = self._things[id_]
            if thing.area is None and self._fits(thing, domain, device_class):
                self._things[id_] = replace(thing, area=areas[0])
                return
        kind = "Door" if device_class == "garage" else (device_class or domain).replace("_", " ").title()
        name = f"{self._areas[areas[0]].name} {kind}"
        attributes = {"device_class": device_class} if device_class else {}
        self._place({"name": name, "attributes": attributes}, domain, areas[0])

    # ---- timers and lists

    def _timers(self, test: Mapping[str, Any]) -> tuple[TimerSpec, ...]:
        if "Timer" not in self._intent or self._intent == "HassStartTimer":
            return ()
        if named := self._content.get("timers"):
            return tuple(_timer(timer) for timer in named)
        slots = test.get("slots") or {}
        starts = {
            unit: int(slots[f"start_{unit}"]) for unit in ("hours", "minutes", "seconds") if f"start_{unit}" in slots
        }
        one = TimerSpec(
            name=slots.get("name"),
            area=slugify(slots["area"]) if "area" in slots else None,
            is_active=self._intent != "HassUnpauseTimer",
            **(starts or {"hours": 3}),
        )
        is_told_apart = bool(starts or slots.keys() & {"name", "area"}) or self._intent == "HassCancelAllTimers"
        return (
            (one, replace(one, name="tea", area=None, hours=2, minutes=47, seconds=None)) if is_told_apart else (one,)
        )

    def _items(self, test: Mapping[str, Any]) -> dict[str, list[str]]:
        slots = test.get("slots") or {}
        if "item" not in slots or "Add" in self._intent:
            return {}
        if self._intent.startswith("HassShopping"):
            return {SHOPPING: [slots["item"]]}
        return {f"todo.{slugify(slots['name'])}": [slots["item"]]}


def _timer(said: Mapping[str, Any]) -> TimerSpec:
    return TimerSpec(
        name=said.get("name"),
        area=slugify(said["area"]) if "area" in said else None,
        hours=said.get("start_hours"),
        minutes=said.get("start_minutes"),
        seconds=said.get("start_seconds"),
        left=said.get("total_seconds_left"),
        is_active=said.get("is_active", True),
    )


def count(groups: Iterable[Group]) -> int:
    """Return how many sentences there are."""
    return sum(len(group.cases) for group in groups)
