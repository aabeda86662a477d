"""From what is meant to what is done: deeds, or a question which of several is meant."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from ....deed import Deed
from ...home import Entity, Situation
from ...reading import Option, Plan, Which
from ..acts.acts import act_of
from ..acts.meanings import Act, Meaning
from ..nouns.index import Index
from ..nouns.targets import Target
from ..questions.answers import Lines
from .commands import Clause

MOST_NAMED: Final = 4
"""So many things a question names; of more it asks for the room."""
COOLS_OR_HEATS: Final = {"cooling": "cool", "heater": "heat", "heating": "heat"}
"""By a kind of climate devices: the mode that one of them has."""
CLEANS_AREAS: Final = 16384
"""`VacuumEntityFeature.CLEAN_AREA`"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Several things that may be meant, with what is done to each."""

    choices: tuple[tuple[Entity, ...], ...]
    plans: tuple[tuple[Deed, ...], ...]
    rooms: bool = False
    """They are told apart by their room."""


type Part = tuple[Deed, ...] | Asked
"""What comes of one target."""


class Planner:
    """Makes plans for one home."""

    def __init__(self, index: Index, lines: Lines) -> None:
        self.index = index
        self._lines = lines

    def parts(self, clause: Clause, situation: Situation) -> list[Part] | None:
        """Return what comes of a clause, for each of its targets; None where a thing cannot do what is meant."""
        parts: list[Part] = []
        for target in clause.targets:
            part = self._part(clause.meaning, target, situation)
            if part is None:
                return None
            parts.append(part)
        return parts

    def reading(self, parts: Sequence[Part]) -> Plan | Which | None:
        """Return the plan; a question where one thing of it is not clear, and nothing where more are."""
        asked = [part for part in parts if isinstance(part, Asked)]
        if not asked:
            return Plan(steps=_merged([deed for part in parts if not isinstance(part, Asked) for deed in part]))
        if len(asked) > 1:
            return None
        return self._which(asked[0], parts)

    def _which(self, asked: Asked, parts: Sequence[Part]) -> Which:
        options: list[Option] = []
        for things, deeds in zip(asked.choices, asked.plans, strict=True):
            steps = [deed for part in parts for deed in (deeds if isinstance(part, Asked) else part)]
            options.append(Option(names=self._names(things, asked), reading=Plan(steps=_merged(steps))))
        if len(options) > MOST_NAMED:
            return Which(question=self._lines.say("which_room"), options=tuple(options))
        told = [option.names[0] for option in options]
        return Which(
            question=self._lines.say("which", options=self._lines.either(told)),
            options=tuple(options),
        )

    def _names(self, things: tuple[Entity, ...], asked: Asked) -> tuple[str, ...]:
        """Return what a choice may be called, first what tells it best from the others."""
        first = things[0]
        area = self.index.home.areas.get(first.area) if first.area is not None else None
        areas = area.names if area is not None else ()
        if asked.rooms:
            return areas
        alike = [
            other
            for others in asked.choices
            for other in others
            if other.id != first.id and other.names[0] == first.names[0]
        ]
        spelled = tuple(" ".join(name.words) for name in self.index.names_of(first))
        if not alike or not areas:
            return (*first.names, *spelled, *areas)
        return (f"{areas[0]} {first.names[0]}", *first.names, *spelled, *areas)

    def _part(self, meaning: Meaning, target: Target, situation: Situation) -> Part | None:
        if (
            meaning.sense in ("clean", "start", "on")
            and target.areas
            and (cleaned := self._cleaned(target)) is not None
        ):
            return cleaned
        acts = [
            (entity, act)
            for each in target.entities
            if (act := self._act(meaning, entity := self.index.home.entities[each], situation))
        ]
        if not acts:
            return None
        acts = self._that_cool(acts, target, situation)
        if meaning.sense in ("more", "less") and target.many:
            # "Brighter" does not turn on those lights that are off, where others are on.
            lit = [each for each in acts if (state := situation.states(each[0].id)) is None or state.state != "off"]
            acts = lit or acts
        if target.unplaced:
            return self._by_room(acts, target)
        if target.many or len(target.entities) == 1:
            return _deeds(acts, target.kind if target.many else None)
        if len(acts) == 1:
            return _deeds(acts, None)
        return Asked(choices=tuple((entity,) for entity, _ in acts), plans=tuple(_deeds([each], None) for each in acts))

    def _that_cool(
        self, acts: list[tuple[Entity, Act]], target: Target, situation: Situation
    ) -> list[tuple[Entity, Act]]:
        """Return those that can cool, or heat, where the noun says so and some can."""
        wanted = {COOLS_OR_HEATS[kind.key] for kind in target.kinds if kind.key in COOLS_OR_HEATS}
        if not wanted or len(acts) < 2:
            return acts
        can = [
            each
            for each in acts
            if (state := situation.states(each[0].id)) is not None
            and wanted & {str(mode) for mode in state.attributes.get("hvac_modes") or ()}
        ]
        return can or acts

    def _by_room(self, acts: Sequence[tuple[Entity, Act]], target: Target) -> Part | None:
        rooms: dict[str, list[tuple[Entity, Act]]] = {}
        for entity, act in acts:
            if entity.area is not None:
                rooms.setdefault(entity.area, []).append((entity, act))
        if len(rooms) < 2:
            return _deeds(acts, target.kind)
        return Asked(
            choices=tuple(tuple(entity for entity, _ in each) for each in rooms.values()),
            plans=tuple(_deeds(each, target.kind) for each in rooms.values()),
            rooms=True,
        )

    def _act(self, meaning: Meaning, entity: Entity, situation: Situation) -> Act | None:
        return act_of(meaning, entity, situation.states(entity.id), self.index.lexicon.words)

    def _cleaned(self, target: Target) -> tuple[Deed, ...] | None:
        """Return what sends a vacuum to the areas that were named."""
        if not all(each.startswith("vacuum.") for each in target.entities):
            return None
        entities = tuple(target.entities)
        data: dict[str, Any] = {"cleaning_area_id": sorted(target.areas)}
        return (Deed(domain="vacuum", action="clean_area", entities=entities, data=data),)


def near(part: Part, areas: frozenset[str]) -> Part:
    """Return the only choice that lies in the areas, where a part is not clear and they say which is meant."""
    if not isinstance(part, Asked):
        return part
    found = [deeds for things, deeds in zip(part.choices, part.plans, strict=True) if things[0].area in areas]
    return found[0] if len(found) == 1 else part


def _deeds(acts: Sequence[tuple[Entity, Act]], kind: str | None) -> tuple[Deed, ...]:
    found: list[Deed] = []
    for entity, act in acts:
        for place, deed in enumerate(found):
            if (deed.domain, deed.action, deed.data) == (act.domain, act.action, act.data):
                found[place] = replace(deed, entities=(*deed.entities, entity.id))
                break
        else:
            found.append(Deed(domain=act.domain, action=act.action, entities=(entity.id,), data=act.data, kind=kind))
    return tuple(found)


def _merged(deeds: Sequence[Deed]) -> tuple[Deed, ...]:
    """Return neighbouring deeds that are the same in one, each entity once."""
    merged: list[Deed] = []
    for deed in deeds:
        last = merged[-1] if merged else None
        if last is not None and (last.domain, last.action, last.data, last.kind) == (
            deed.domain,
            deed.action,
            deed.data,
            deed.kind,
        ):
            more = tuple(each for each in deed.entities if each not in last.entities)
            merged[-1] = replace(last, entities=(*last.entities, *more))
        else:
            merged.append(deed)
    return tuple(merged)
