"""What can be told of a thing in numbers ("21.5 degrees"), or as it says itself ("jazz"): `words/questions.yaml`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ...home import Entity, State
from .conditions import NO_STATE, Phrase, Tokenise, classes_of

DEGREES: Final = frozenset({"°", "°C", "°F"})
"""Units in which every home has only one: all are "degrees"."""


MEASURING: Final = frozenset({"sensor", "number", "input_number", "counter"})
"""Domains whose state is a number, or may be one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A number with its unit, two numbers (from, to), or a text."""

    number: float | None = None
    to: float | None = None
    unit: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a class tells it."""

    kind: str
    attribute: str | None = None
    low: str | None = None
    high: str | None = None
    """Attributes of a range, where the one above is empty."""
    by: str | None = None
    """An attribute with who made it."""
    unit: str | None = None
    """None: the entity's own."""
    full: float | None = None
    """What is 100 percent."""
    off: str | None = None
    """The state in which there is nothing to be told but that."""
    text: bool = False
    named: bool = False
    """Whether it tells only where it was named, never for the place it is in."""

    def read(self, entity: Entity, state: State) -> Value | None:
        """Return what it tells now; None where it does not."""
        if state.state in NO_STATE - {"none"}:
            return None
        if state.state == self.off:
            return Value(text=state.state)
        raw = state.attributes.get(self.attribute) if self.attribute is not None else state.state
        if self.text:
            return self._text(raw, state)
        unit = self.unit if self.unit is not None else entity.unit
        if (number := _number(raw)) is not None:
            share = number if self.full is None else number / self.full * 100
            return Value(number=round(share) if self.full is not None else share, unit=unit)
        return self._range(state, unit)

    def _text(self, raw: object, state: State) -> Value | None:
        if raw is None or not (said := str(raw).strip()):
            return None
        author = state.attributes.get(self.by) if self.by is not None else None
        return Value(text=f"{said} by {author}" if author else said)

    def _range(self, state: State, unit: str | None) -> Value | None:
        low, high = (
            _number(state.attributes.get(name)) if name is not None else None for name in (self.low, self.high)
        )
        return Value(number=low, to=high, unit=unit) if low is not None and high is not None else None


def _number(raw: object) -> float | None:
    """Return a finite number, or None."""
    if raw is None or isinstance(raw, bool):
        return None
    try:
        number = float(str(raw))
    except ValueError:
        return None
    return number if abs(number) < float("inf") else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """Something that is told in numbers."""

    name: str
    sources: tuple[Source, ...]
    room: bool = False
    """Whether a place has it; several are told as their mean."""
    sum: bool = False
    """Whether several are told as their sum."""
    set: str | None = None
    """The name of the quantity that is meant where it was asked what a thing is set to."""

    def source(self, entity: Entity) -> Source | None:
        """Return where an entity tells it, the best place first; None where it does not."""
        classes = classes_of(entity)
        return next((source for source in self.sources if source.kind in classes), None)

    def is_named_only(self, entity: Entity) -> bool:
        """Return whether an entity tells it only where it was named."""
        return (source := self.source(entity)) is not None and source.named

    def rank(self, entity: Entity) -> int:
        """Return how well an entity tells it, 0 best."""
        return next(index for index, source in enumerate(self.sources) if source.kind in classes_of(entity))

    def may_tell(self, entity: Entity, state: State | None) -> bool:
        """Return whether an entity tells it, now or once it is back: a lamp without a dimmer never does."""
        if state is None or state.state in NO_STATE:
            return True
        sources = [source for source in self.sources if source.kind in classes_of(entity)]
        return any(source.attribute is None for source in sources) or self.read(entity, state) is not None

    def read(self, entity: Entity, state: State | None) -> Value | None:
        """Return what an entity tells now, by the first of its sources that tells anything."""
        if state is None:
            return None
        classes = classes_of(entity)
        told = (source.read(entity, state) for source in self.sources if source.kind in classes)
        return next((value for value in told if value is not None), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantities:
    """All of a language, by the words that name them and that ask for them."""

    named: Mapping[Phrase, tuple[Quantity, ...]]
    """ "temperature"."""
    how: Mapping[Phrase, tuple[Quantity, ...]]
    """ "warm", as in "how warm"."""
    most: Mapping[Phrase, tuple[Quantity, int]]
    """ "warmest": of what, and 1 for the most, -1 for the least."""
    comparisons: Mapping[Phrase, int]
    """ "more than": 1; "below": -1."""
    measures: Mapping[Phrase, Quantity | None]
    """ "degrees", as in "20 degrees"; None where it may measure several."""
    by_name: Mapping[str, Quantity]
    not_of_the_room: frozenset[str]
    """A sensor with one of these in its name does not tell of the room around it."""
    of_the_home: frozenset[str]
    """A meter with one of these in its name tells of the whole home."""
    of_all: frozenset[str]
    """So does one with nothing but these in its name that is in no area."""
    units: Mapping[str, tuple[str, str]]
    """How a unit is spoken: of one, of several."""


def read_quantities(table: Mapping[str, Any], tokenise: Tokenise) -> Quantities:
    """Read what questions.yaml says; raise KeyError or TypeError where it is not made as it says of itself."""
    named: dict[Phrase, list[Quantity]] = {}
    how: dict[Phrase, list[Quantity]] = {}
    by_name: dict[str, Quantity] = {}
    most: dict[Phrase, tuple[Quantity, int]] = {}
    for name, entry in table["quantities"].items():
        quantity = by_name[name] = Quantity(
            name=name,
            sources=tuple(_source(source) for source in entry["of"]),
            room=entry.get("room", False),
            sum=entry.get("sum", False),
            set=entry.get("set"),
        )
        for target, phrases in ((named, entry["words"]), (how, entry.get("how", ()))):
            for phrase in phrases:
                target.setdefault(tokenise(phrase), []).append(quantity)
        for key, sign in (("most", 1), ("least", -1)):
            most.update((tokenise(phrase), (quantity, sign)) for phrase in entry.get(key, ()))
    return Quantities(
        named={phrase: tuple(several) for phrase, several in named.items()},
        how={phrase: tuple(several) for phrase, several in how.items()},
        most=most,
        comparisons={tokenise(phrase): sign for key, sign in (("over", 1), ("under", -1)) for phrase in table[key]},
        measures={tokenise(said): by_name[name] if name else None for said, name in table["measures"].items()},
        by_name=by_name,
        not_of_the_room=frozenset(table["not_of_the_room"]),
        of_the_home=frozenset(table["of_the_home"]),
        of_all=frozenset(table["of_all"]),
        units={unit: (one, several) for unit, (one, several) in table["units"].items()},
    )


def _source(entry: Mapping[str, Any]) -> Source:
    return Source(kind=entry["class"], **{key: value for key, value in entry.items() if key != "class"})


def measured(entity: Entity, state: State) -> Value | None:
    """Return the number that a sensor shows; None where it shows none."""
    number = _number(state.state) if entity.domain in MEASURING else None
    return Value(number=number, unit=entity.unit) if number is not None else None


def together(values: Sequence[Value], *, summed: bool) -> Value | None:
    """Return what several tell as one: their mean or their sum; None where they cannot be taken together."""
    numbers = [value.number for value in values if value.number is not None and value.to is None]
    units = {"°" if value.unit in DEGREES else value.unit for value in values}
    if len(numbers) != len(values) or len(units) != 1 or not numbers:
        return values[0] if len(values) == 1 else None
    total = sum(numbers)
    return Value(number=total if summed else total / len(numbers), unit=values[0].unit)


def differ(values: Sequence[Value]) -> bool:
    """Return whether numbers lie so far apart that their mean is none of them: by more than a twentieth, or by 2."""
    numbers = [value.number for value in values if value.number is not None]
    return max(numbers) - min(numbers) > max(2.0, abs(max(numbers)) / 20)


def rounded(number: float) -> str:
    """Return a number as it is spoken: "21", "21.5", "0.25", "1356"."""
    digits = 0 if abs(number) >= 100 else 1 if abs(number) >= 1 else 2
    said = f"{number:.{digits}f}"
    return (said.rstrip("0").rstrip(".") or "0") if digits else said
