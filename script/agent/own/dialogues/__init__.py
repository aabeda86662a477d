"""What is said in the three homes, and what must become of it; README.md tells the format."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

FOLDER: Final = Path(__file__).parent
OUTCOMES: Final = ("do", "intent", "answer", "asks", "confirms", "declined", "quiet", "refused")
"""A turn has exactly one of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedDeed:
    """One action on some entities, in any order."""

    action: str
    """With its domain, "light.turn_on"."""
    entities: tuple[str, ...]
    data: Mapping[str, Any] = field(default_factory=dict)
    """Values that must be so."""
    change: Mapping[str, str] = field(default_factory=dict)
    """Attributes that must become more ("up") or less ("down") than they were, by whatever amount."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedAnswer:
    """What an answer is about, and says."""

    about: tuple[str, ...] | None = None
    """Entities that it must be about, others allowed; None where it does not matter."""
    matched: tuple[str, ...] | None = None
    """Exactly those for which the answer is yes; None where it does not matter."""
    contains: tuple[str, ...] = ()
    """Words that it must say, whatever their case; "3|three" means one of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One utterance, and the only right outcome."""

    say: str
    area: str | None = None
    """The speaker's; None where nobody knows."""
    states: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Set before it is said: "state", and attributes besides those that come with it."""
    deeds: tuple[ExpectedDeed, ...] = ()
    intents: tuple[str, ...] = ()
    """One of these intents, by whose handler it is carried out, whatever that does."""
    slots: Mapping[str, Any] = field(default_factory=dict)
    """What the intent is told, others allowed."""
    answer: ExpectedAnswer | None = None
    asks: tuple[str, ...] = ()
    """Words of the question which is meant, one for each thing that may be; "LG|TV" means one of them."""
    confirms: bool = False
    """It asks whether to, and does nothing yet."""
    declined: bool = False
    """Nothing is done and nothing claimed; a refusal is as right."""
    quiet: bool = False
    """Nothing is done; to acknowledge it is as right as to decline ("never mind", "thanks")."""
    refused: bool = False
    """It is understood and not done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogue:
    """Turns of one conversation in one home."""

    home: str
    kind: str
    rooms: Mapping[str, str]
    """The states of Athena's rooms, by area id."""
    turns: tuple[Turn, ...]


@cache
def load_dialogues(folder: str = "") -> tuple[Dialogue, ...]:
    """Return all of a set (its folder here; without one the set that was there first), in the order of the files."""
    return tuple(dialogue for file in sorted((FOLDER / folder).glob("*.yaml")) for dialogue in _dialogues(file))


def _dialogues(file: Path) -> Iterator[Dialogue]:
    found = yaml.safe_load(file.read_text(encoding="utf-8"))
    shared = {key: value for key, value in found.items() if key not in {"home", "dialogues"}}
    for said in ({**shared, **dialogue} for dialogue in found["dialogues"]):
        for turns in [said["turns"]] if "turns" in said else [[{**said, "say": say}] for say in said["say"]]:
            yield Dialogue(
                home=found["home"],
                kind=said["kind"],
                rooms=said.get("rooms", {}),
                turns=tuple(_turn(turn, said if turn is turns[0] else {}, said.get("area")) for turn in turns),
            )


def _turn(said: Mapping[str, Any], first: Mapping[str, Any], area: str | None) -> Turn:
    if sum(outcome in said for outcome in OUTCOMES) != 1:
        raise ValueError(f"{said['say']!r} needs exactly one of {', '.join(OUTCOMES)}")
    done = said.get("do", [])
    return Turn(
        say=said["say"],
        area=said.get("area", area),
        states={
            entity: state if isinstance(state, dict) else {"state": state}
            for entity, state in {**first.get("states", {}), **said.get("states", {})}.items()
        },
        deeds=tuple(
            _deed(action, target)
            for deeds in (done if isinstance(done, list) else [done])
            for action, target in deeds.items()
        ),
        intents=tuple(said.get("intent", "").split()),
        slots=said.get("slots", {}),
        answer=_answer(said["answer"]) if "answer" in said else None,
        asks=tuple(said.get("asks", ())),
        confirms=said.get("confirms", False),
        declined=said.get("declined", False),
        quiet=said.get("quiet", False),
        refused=said.get("refused", False),
    )


def _deed(action: str, target: str | Mapping[str, Any]) -> ExpectedDeed:
    if isinstance(target, str):
        return ExpectedDeed(action=action, entities=tuple(target.split()))
    return ExpectedDeed(
        action=action,
        entities=tuple(target["to"].split()),
        data=target.get("data", {}),
        change=target.get("change", {}),
    )


def _answer(said: Mapping[str, Any]) -> ExpectedAnswer:
    return ExpectedAnswer(
        about=tuple(said["about"].split()) if "about" in said else None,
        matched=tuple(said["matched"].split()) if "matched" in said else None,
        contains=tuple(said.get("contains", ())),
    )
