"""What a thing draws, and what it has used: told by the meter of its device, whatever that is called.

A smart plug that is called "Lamp" has a switch of that name, and sensors beside it for what goes through the switch.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ...home import Entity, Home, Situation
from ...reading import Answer
from ..language.words import Said
from .answers import Wording
from .conditions import Phrase, Tokenise
from .forms import Parse
from .quantities import Quantities, Quantity, rounded, together
from .subjects import Subjects

DRAWING: Final = frozenset(
    {"climate", "cover", "fan", "humidifier", "input_boolean", "light", "lock", "media_player", "siren", "switch"}
    | {"lawn_mower", "vacuum", "valve", "water_heater"}
)
"""Domains of what does something with power; the rest tells something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Periods:
    """Since when a meter counts: "today"."""

    said: Mapping[Phrase, str]
    """By what is said of it."""
    named: Mapping[str, frozenset[str]]
    """The words of which one stands in the name of such a meter."""
    meant: str
    """Which is meant where none is said, and no meter counts from the beginning."""

    def of(self, words: Collection[str]) -> str | None:
        """Return since when a meter counts, by the words of its name; None: from the beginning."""
        return next((period for period, names in self.named.items() if not names.isdisjoint(words)), None)


def read_periods(table: Mapping[str, Any], tokenise: Tokenise) -> Periods:
    """Read what questions.yaml says; raise KeyError where it lacks something."""
    entries: Mapping[str, Mapping[str, Sequence[str]]] = table["periods"]
    return Periods(
        said={tokenise(phrase): name for name, entry in entries.items() for phrase in entry["said"]},
        named={
            name: frozenset(word for phrase in entry["named"] for word in tokenise(phrase))
            for name, entry in entries.items()
        },
        meant=table["period_meant"],
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """What was asked about, and the meters that tell of it; none where nobody can tell."""

    about: tuple[Entity, ...]
    meters: tuple[Entity, ...] = ()


class Meters:
    """Knows the meters of one home, and answers for them."""

    def __init__(
        self, home: Home, subjects: Subjects, quantities: Quantities, periods: Periods, wording: Wording
    ) -> None:
        self._subjects = subjects
        self._periods = periods
        self._wording = wording
        self._power, self._energy = quantities.by_name["power"], quantities.by_name["energy"]
        metered = (self._power, self._energy)
        self._names, self._how = (
            {phrase for phrase, named in phrases.items() if any(each in metered for each in named)}
            for phrases in (quantities.named, quantities.how)
        )
        self._drawing = subjects.can(lambda entity: entity.domain in DRAWING)
        self._on: dict[str, list[Entity]] = {}
        for entity in (*home.entities.values(), *home.meters.values()):
            if entity.device is not None:
                self._on.setdefault(entity.device, []).append(entity)

    def used(self, parse: Parse, situation: Situation) -> Answer | None:
        """Answer "how much energy has the lamp used today?"; power that is used within a time is energy."""
        said = parse.part("thing")
        if not self._asks(parse):
            return None
        period = self._periods.said.get(parse.phrase("period"))
        found = self._of_device(self._energy, said, situation, period)
        found = found or self._of_name(self._energy, said, situation, period)
        if period is None and found is not None and not found.meters:
            return None  # what it draws now is better than nothing
        return self._answer(self._energy, found, situation)

    def using(self, parse: Parse, situation: Situation) -> Answer | None:
        """Answer "is the washing machine using power?": a yes with its number, for what is off may draw a little."""
        said = parse.part("thing")
        if not self._asks(parse):
            return None
        found = self._of_device(self._power, said, situation) or self._of_name(self._power, said, situation)
        return self._answer(self._power, found, situation, whether=True)

    def told(self, quantity: Quantity, said: Said, situation: Situation) -> Answer | None:
        """Answer what a thing draws or has used, by the meter of its device; None where another may tell."""
        if quantity not in (self._power, self._energy):
            return None
        return self._answer(quantity, self._of_device(quantity, said, situation), situation)

    def _asks(self, parse: Parse) -> bool:
        """Return whether power or energy was asked about, or nothing was said of what is used."""
        if "how" in parse.held:
            return parse.phrase("how") in self._how
        return "quantity" not in parse.held or parse.phrase("quantity") in self._names

    def _answer(
        self, quantity: Quantity, found: _Found | None, situation: Situation, *, whether: bool = False
    ) -> Answer | None:
        if found is None:
            return None
        # The thing comes first: what is said of "it" next is said of the lamp, not of its meter.
        about = tuple(dict.fromkeys(entity.id for entity in (*found.about, *found.meters)))
        values = [quantity.read(meter, situation.states(meter.id)) for meter in found.meters]
        told = together([value for value in values if value is not None], summed=True) if all(values) else None
        if told is None:
            return Answer(speech=self._wording.say("cannot_tell"), about=about)
        key = "value" if not whether else "yes_value" if rounded(told.number or 0) != "0" else "no"
        return Answer(speech=self._wording.say(key, value=self._wording.value(told)), about=about, matched=about)

    def _of_device(
        self, quantity: Quantity, said: Said, situation: Situation, period: str | None = None
    ) -> _Found | None:
        """Return what was named that draws power, with the meter of its device.

        Without one, where it was called by its whole name and no meter that is called after it tells.
        """
        if not len(said) or (subject := self._subjects.find(said, situation, self._drawing)) is None:
            return None
        meters = [self._meter(quantity, entity, period) for entity in subject.entities]
        metered = tuple(meter for meter in meters if meter is not None)
        if len(meters) > 1 and (subject.plural or subject.placed):  # a part of a sum is not the sum
            return _Found(subject.entities, metered) if len(metered) == len(meters) else None
        if len(metered) == 1:
            return _Found(subject.entities, metered)
        if metered or not subject.exact or self._may_another_tell(quantity, subject.entities, said, situation, period):
            return None
        return _Found(subject.entities)

    def _of_name(
        self, quantity: Quantity, said: Said, situation: Situation, period: str | None = None
    ) -> _Found | None:
        """Return the only meter that is called after what was said: "Kettle Power"."""
        can = self._subjects.can(
            lambda entity: quantity.source(entity) is not None and self._periods.of(self._words(entity)) == period
        )
        subject = self._subjects.find(said, situation, can)
        return (
            _Found(subject.entities, subject.entities) if subject is not None and len(subject.entities) == 1 else None
        )

    def _meter(self, quantity: Quantity, entity: Entity, period: str | None) -> Entity | None:
        """Return the meter of a thing's device; None where it has none, or several, or it meters other things, too."""
        on = self._on.get(entity.device, []) if entity.device is not None else []
        meters = [each for each in on if quantity.source(each) is not None]
        since = [each for each in meters if self._periods.of(self._words(each)) == period]
        if not since and period is None and quantity is self._energy:
            since = [each for each in meters if self._periods.of(self._words(each)) == self._periods.meant]
        best = min((quantity.rank(each) for each in since), default=0)
        since = [each for each in since if quantity.rank(each) == best]
        own = self._words(entity)
        named = [each for each in since if own <= self._words(each)]
        if len(named) == 1:
            since = named
        # What has its name and more is a part of it: "Record Player LED".
        others = (each for each in on if each.domain in DRAWING and not own <= self._words(each))
        return since[0] if len(since) == 1 and (since == named or not any(others)) else None

    def _may_another_tell(
        self, quantity: Quantity, entities: Sequence[Entity], said: Said, situation: Situation, period: str | None
    ) -> bool:
        """Return whether a meter is called after these things, and is no other thing's: "Kettle Power"."""
        of_others = {
            device
            for device, on in self._on.items()
            if any(each.domain in DRAWING for each in on) and not any(each in on for each in entities)
        }
        can = self._subjects.can(
            lambda entity: (
                quantity.source(entity) is not None
                and entity.device not in of_others
                and (period is None or self._periods.of(self._words(entity)) == period)
            )
        )
        return self._subjects.find(said, situation, can) is not None

    def _words(self, entity: Entity) -> frozenset[str]:
        return frozenset(word for name in self._subjects.index.names_of(entity) for word in name.words)
