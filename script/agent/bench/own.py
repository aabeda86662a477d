"""Athena's own sets: what is said in homes of 12 to 450 entities; `script/agent/own` holds them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from ..own.dialogues import Dialogue, ExpectedAnswer, ExpectedDeed, load_dialogues
from ..own.dialogues import Turn as OwnTurn
from ..own.specs import spec_of
from ..virtual.devices import is_so
from ..virtual.effects import effect_of
from ..virtual.house import House
from .answers import Count, Names, Question, YesOrNo, plain, words
from .cases import Case, CaseSet, Group, Turn
from .expected import Answer, Expected, More

ATTRIBUTE_OF: Final = {"position": "current_position", "brightness_pct": "brightness"}


def load(name: str = "own", folder: str = "") -> CaseSet:
    """Return the set of a folder."""
    dialogues = load_dialogues(folder)
    groups = [
        Group(
            home=spec_of(home),
            cases=tuple(_case(each) for each in dialogues if each.home == home),
        )
        for home in dict.fromkeys(each.home for each in dialogues)
    ]
    return CaseSet(name=name, groups=tuple(groups), is_risky_allowed=False)


def _case(dialogue: Dialogue) -> Case:
    return Case(
        turns=tuple(
            Turn(text=turn.say, expected=ByHome(turn=turn), area=turn.area, states=turn.states)
            for turn in dialogue.turns
        ),
        source=f"{dialogue.home}: {dialogue.turns[0].say}",
        kind=dialogue.kind,
        rooms=dialogue.rooms,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHome:
    """What is right in the home as it is when the turn is said."""

    turn: OwnTurn

    def expect(self, house: House) -> Expected:
        """Return it."""
        turn = self.turn
        if turn.deeds:
            done: dict[str, dict[str, Any]] = {}
            for deed in turn.deeds:
                for entity in deed.entities:
                    done.setdefault(entity, {}).update(_effect(house, deed, entity))
            already = frozenset(entity for entity in done if is_so(done[entity], house.devices.told(entity)))
            return Expected(deeds=(done,), already=already)
        if turn.answer is not None:
            return Expected(answer=_answer(house, turn.say, turn.answer))
        if turn.intents:
            return Expected(intents=frozenset(turn.intents), slots=turn.slots)
        if turn.asks:
            return Expected(asks=True, options=turn.asks)
        return Expected(asks=turn.confirms, nothing=turn.declined or turn.refused or turn.quiet, quiet=turn.quiet)


def _effect(house: House, deed: ExpectedDeed, entity: str) -> Mapping[str, Any]:
    domain, _, action = deed.action.partition(".")
    told = house.devices.told(entity)
    signs = {key: 1 if way == "up" else -1 for key, way in deed.change.items()}
    now = {key: float(told.get(ATTRIBUTE_OF.get(key, key)) or 0) for key in signs}
    if domain == "homeassistant":
        domain = entity.partition(".")[0]
    effect = effect_of(domain, action, {**deed.data, **{key: now[key] + signs[key] for key in signs}}, told)
    return effect | {ATTRIBUTE_OF.get(key, key): More(than=now[key], sign=sign) for key, sign in signs.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Says:
    """An answer that says some words, and that is right about what it is about."""

    contains: tuple[str, ...] = ()
    """Each must be said; "a|b" is one of them."""
    of: Answer | None = None

    def is_said(self, speech: str) -> bool:
        """Return whether it is said."""
        text = f" {plain(speech)} "
        return all(any(f" {plain(each)}" in text for each in one.split("|")) for one in self.contains) and (
            self.of is None or self.of.is_said(speech)
        )


def _answer(house: House, say: str, expected: ExpectedAnswer) -> Answer:
    """Return what must be said: the yes or no, the names, the number, by how it is asked."""
    about = expected.about or expected.matched or ()
    if expected.matched is None:
        names = tuple(house.devices.told(entity).get("friendly_name", "") for entity in about)
        return Says(contains=expected.contains, of=None if expected.contains else Question(names=names))
    matched = _names(house, expected.matched)
    others = tuple(name for name in _names(house, about) if name not in matched)
    asked = words(say)
    of: Answer
    if asked[0] in ("which", "what", "who", "who's", "what's"):
        of = Names(matched=matched, others=others)
    elif asked[:2] == ["how", "many"]:
        of = Count(number=len(expected.matched))
    elif "all" in asked[:2] or "everything" in asked[:3]:
        of = YesOrNo(is_so=not others)
    else:
        of = YesOrNo(is_so=bool(matched), matched=matched, others=others, states=_states(house, expected.matched))
    return Says(contains=expected.contains, of=of)


def _names(house: House, entities: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(str(house.devices.told(entity).get("friendly_name", entity)) for entity in entities)


def _states(house: House, entities: tuple[str, ...]) -> tuple[str, ...]:
    """Return words that answer without a yes: what matches, by its name."""
    return _names(house, entities)
