"""What may be said of a thing ("open", "locked", "low"), and whether it is so: `words/states.yaml`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ...home import Entity, State

NO_STATE: Final = frozenset({"", "unavailable", "unknown", "none"})
"""States of which Home Assistant itself says that it does not know."""

NO_CLASS: Final = "sensor.none"
ANY_STATE: Final = "*"
"""What states.yaml calls all states that it does not list."""

type Phrase = tuple[str, ...]
type Tokenise = Callable[[str], Phrase]
type Test = Callable[[str], bool]


def classes_of(entity: Entity) -> tuple[str, str]:
    """Return the classes of an entity, the closer first: ("binary_sensor.door", "binary_sensor")."""
    return f"{entity.domain}.{entity.device_class or 'none'}", entity.domain


def is_known(state: State | None) -> bool:
    """Return whether a state says anything."""
    return state is not None and state.state.casefold() not in NO_STATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Something that may be so or not."""

    name: str
    tests: Mapping[str, Test]
    """By class: whether it is so in a state. What has no test is a thing of which it cannot be said."""
    fails: Mapping[str, Test] = field(default_factory=dict)
    """By class: where it is surely not so; elsewhere nobody knows. Without an entry: wherever it does not hold."""
    otherwise: Mapping[str, Test] = field(default_factory=dict)
    """By class: the test of the state, where the attribute below is missing."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    """By class: the attribute that is tested instead of the state."""
    only: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By class: words of which one stands in the name of a thing that it can be said of."""
    weak: frozenset[str] = frozenset()
    """Classes that tell only where nothing better does."""
    placed: bool = False
    """Whether it is asked of a place, never of the whole home."""
    places: str | None = None
    """Whether it can be said of a place ("is the kitchen empty"): where it is so of "any" or of "all" things there."""
    of_all: bool = False
    """Whether "the" of several means all of them ("is the window closed"), not any ("is the window open")."""
    rooms: bool = False
    """Whether Athena herself knows it better of the rooms that she keeps."""

    def applies(self, entity: Entity) -> bool:
        """Return whether it can be said of an entity."""
        return self._class(entity) is not None

    def is_weak(self, entity: Entity) -> bool:
        """Return whether another entity of the same name would tell better."""
        return self._class(entity) in self.weak

    def holds(self, entity: Entity, state: State | None) -> bool | None:
        """Return whether it is so; None where nobody knows, or where it cannot be said."""
        kind = self._class(entity)
        if state is None or kind is None or not is_known(state):
            return None
        test, value = self.tests[kind], state.state
        if (attribute := self.attributes.get(kind)) is not None:
            told = state.attributes.get(attribute)
            if told is not None:
                value = str(told).lower()
            elif kind in self.otherwise:
                test = self.otherwise[kind]
            else:
                return None
        if (outcome := _outcome(test, value)) is not False or kind not in self.fails:
            return outcome
        return False if self.fails[kind](value) else None

    def _class(self, entity: Entity) -> str | None:
        """Return the class it is tested as; a number tells nothing in words."""
        kind = next((kind for kind in classes_of(entity) if kind in self.tests), None)
        if (
            kind is not None
            and kind in self.only
            and self.only[kind].isdisjoint(word for name in entity.names for word in name.casefold().split())
        ):
            return None
        return None if kind == NO_CLASS and entity.unit is not None else kind


def _outcome(test: Test, value: str) -> bool | None:
    try:
        return test(value)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """All of a language, by the words that name them."""

    said: Mapping[Phrase, tuple[Condition, ...]]
    """ "turned on" → what it may mean, the more likely first."""
    done: Mapping[Phrase, Condition]
    """ "locked", as something that somebody did → what is so then."""
    happened: Mapping[Phrase, Condition]
    """ "finished", as something that a thing did by itself → what is so then."""
    found: Mapping[Phrase, Condition]
    """ "any motion" → what is so where there is some."""
    by_name: Mapping[str, Condition]
    """As states.yaml calls them."""
    called: Mapping[str, Mapping[str, str]]
    """By class: what a state is called."""
    anything: Mapping[str, frozenset[str]]
    """By the name of a condition: the classes that count where no thing is named."""

    again: tuple[Condition, ...]
    """What a question asks that says only of what ("and in the kitchen?"): the first that can be said of it."""

    def is_worth_saying(self, entity: Entity, state: State | None) -> bool:
        """Return whether such a question is answered with a yes for a thing."""
        condition = next((condition for condition in self.again if condition.applies(entity)), None)
        return is_known(state) if condition is None else bool(condition.holds(entity, state))

    def call(self, entity: Entity, state: State) -> str:
        """Return what the state of an entity is called: "open" for a door's "on"."""
        said = state.state.replace("_", " ")
        for kind in classes_of(entity):
            names = self.called.get(kind, {})
            if (name := names.get(state.state, names.get(ANY_STATE))) is not None:
                return name.format(state=said)
        return said if not said[1:].islower() else said.lower()


def read_conditions(table: Mapping[str, Any], tokenise: Tokenise) -> Conditions:
    """Read what states.yaml says; raise KeyError or TypeError where it is not made as it says of itself."""
    groups: Mapping[str, list[str]] = table["classes"]
    said: dict[Phrase, list[Condition]] = {}
    done: dict[Phrase, Condition] = {}
    happened: dict[Phrase, Condition] = {}
    found: dict[Phrase, Condition] = {}
    by_name = {name: _condition(name, entry, groups) for name, entry in table["conditions"].items()}
    for name, entry in table["conditions"].items():
        condition = by_name[name]
        for phrase in _phrases(entry["words"], tokenise):
            said.setdefault(phrase, []).append(condition)
        for phrase in _phrases(entry.get("verbs", ()), tokenise):
            done.setdefault(phrase, condition)
        for phrase in _phrases(entry.get("happened", ()), tokenise):
            happened.setdefault(phrase, condition)
    for entry in table["findings"]:
        condition = _condition(entry["words"][0], entry, groups)
        found.update(dict.fromkeys(_phrases(entry["words"], tokenise), condition))
    return Conditions(
        said={phrase: tuple(conditions) for phrase, conditions in said.items()},
        done=done,
        happened=happened,
        found=found,
        by_name=by_name,
        called=_by_class(table["called"], groups),
        again=tuple(by_name[name] for name in table["again"]),
        anything={name: frozenset(classes) for name, classes in table["anything"].items()},
    )


def _phrases(words: Iterable[str], tokenise: Tokenise) -> tuple[Phrase, ...]:
    return tuple(tokenise(phrase) for phrase in words)


def _by_class[T](entries: Mapping[str, T], groups: Mapping[str, list[str]]) -> dict[str, T]:
    """Write the names of lists of classes out."""
    return {kind: entry for name, entry in entries.items() for kind in groups.get(name, [name])}


def _condition(name: str, entry: Mapping[str, Any], groups: Mapping[str, list[str]]) -> Condition:
    tests = {part: _by_class(entry.get(part, {}), groups) for part in ("holds", "fails", "otherwise")}
    return Condition(
        name=name,
        tests={kind: _test(wanted) for kind, wanted in tests["holds"].items()},
        fails={kind: _test(wanted) for kind, wanted in tests["fails"].items()},
        otherwise={kind: _test(wanted) for kind, wanted in tests["otherwise"].items()},
        attributes=_by_class(entry.get("read", {}), groups),
        only={kind: frozenset(words) for kind, words in _by_class(entry.get("only", {}), groups).items()},
        weak=frozenset(_by_class(dict.fromkeys(entry.get("weak", ())), groups)),
        placed=bool(entry.get("placed", False)),
        places=entry.get("places"),
        of_all=bool(entry.get("of_all", False)),
        rooms=bool(entry.get("rooms", False)),
    )


def _test(wanted: list[Any] | Mapping[str, Any]) -> Test:
    """Return the test that a list of states, or a rule about them, describes."""
    if not isinstance(wanted, Mapping):
        states = frozenset(str(state).lower() for state in wanted)
        return lambda value: value.lower() in states
    ((rule, given),) = wanted.items()
    return RULES[rule](given)


def _other_than(states: list[str]) -> Test:
    barred = frozenset(states)
    return lambda value: value not in barred


def _said(states: list[str]) -> Test:
    words = frozenset(states)

    def test(value: str) -> bool:
        return value.casefold().replace("_", " ") in words

    return test


RULES: Final[Mapping[str, Callable[[Any], Test]]] = {
    "other_than": _other_than,
    "said": _said,
    "below": lambda limit: lambda value: float(value) < limit,
    "above": lambda limit: lambda value: float(value) > limit,
}
