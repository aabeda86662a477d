"""Questions that compare: "which room is the warmest", "which batteries are below 20 percent"."""

from collections.abc import Iterator, Sequence

from ...home import Entity, Home, Situation
from ...reading import Answer
from ..language.words import Said
from .answers import Wording
from .forms import Parse
from .quantities import Quantities, Quantity, Value, together
from .subjects import Subject, Subjects
from .told import Told


class Compared:
    """Answers them for one home."""

    def __init__(self, home: Home, subjects: Subjects, quantities: Quantities, wording: Wording, told: Told) -> None:
        self._home = home
        self._subjects = subjects
        self._quantities = quantities
        self._wording = wording
        self._told = told

    def most(self, parse: Parse, situation: Situation) -> Answer | None:
        """Answer "which room is the warmest?", with what it has."""
        quantity, sign = self._quantities.most[parse.phrase("most")]
        place, rooms = parse.part("place"), self._told.of_places(quantity) & ~self._subjects.grounds
        subject = self._subjects.place(place, situation, rooms) if len(place) else self._subjects.all(rooms)
        if subject is None:
            return None
        values = {
            area: (value, entities)
            for area, entities in self._by_area(quantity, subject).items()
            if (value := self._together(quantity, entities, situation)) is not None and value.number is not None
        }
        if len(values) < 2:
            return None
        area, (value, entities) = max(values.items(), key=lambda each: sign * (each[1][0].number or 0.0))
        told = {"place": self._wording.place(self._home.areas[area]), "value": self._wording.value(value)}
        return self._answer("most", subject.entities, entities, **told)

    def than(self, parse: Parse, situation: Situation) -> Answer | None:
        """Answer "is it more than 20 degrees in here?", "which batteries are below 20 percent?"."""
        sign = self._quantities.comparisons[parse.phrase("comparison")]
        limit = float(parse.phrase("number")[0])
        for quantity, said in self._asked(parse):
            if (subject := self._subject(quantity, said, situation)) is None:
                continue
            told = self._values(quantity, subject, situation)
            if not told:
                return self._answer("cannot_tell", subject.entities, ())
            so = [entity for entity, number, _ in told if (number - limit) * sign > 0]
            if "which" in parse.extra:
                return self._answer("named" if so else "none", subject.entities, so, names=self._names(so))
            if len(told) == 1:
                value = self._wording.value(told[0][2])
                return self._answer("yes_named" if so else "no_state", subject.entities, so, names=value, state=value)
            return self._answer("yes_named" if so else "no", subject.entities, so, names=self._names(so))
        return None

    def _asked(self, parse: Parse) -> Iterator[tuple[Quantity, Said]]:
        """Yield what may be compared, of what: as its unit says, as it is called, else the temperature of a room."""
        measure = self._quantities.measures.get(parse.phrase("measure"))
        if measure is not None:
            yield measure, parse.subject
        for quantity, said in self._told.within(parse):
            if measure in (None, quantity):
                yield quantity, said
        if measure is None and not parse.phrase("measure"):
            yield self._quantities.by_name["temperature"], parse.subject

    def _subject(self, quantity: Quantity, said: Said, situation: Situation) -> Subject | None:
        rooms, can = self._told.of_places(quantity), self._told.reach(quantity)
        if not len(said):
            here = self._subjects.here(situation, rooms) if quantity.room else None
            return here or self._subjects.all(can)
        if quantity.room and (placed := self._subjects.place(said, situation, rooms)) is not None:
            return placed
        found = self._subjects.find(said, situation, can)
        return found if found is not None else self._subjects.all(can) if self._is_all(said) else None

    def _is_all(self, said: Said) -> bool:
        return self._subjects.index.lexicon.everywhere.whole(said.words) is not None

    def _values(self, quantity: Quantity, subject: Subject, situation: Situation) -> list[tuple[Entity, float, Value]]:
        """Return the numbers: of one place as one."""
        if quantity.room and subject.placed and len({entity.area for entity in subject.entities}) == 1:
            chosen = self._told.best_of_areas(quantity, subject.entities)
            value = self._together(quantity, chosen, situation)
            return [(chosen[0], value.number, value)] if value is not None and value.number is not None else []
        values = ((entity, quantity.read(entity, situation.states(entity.id))) for entity in subject.entities)
        return [
            (entity, value.number, value) for entity, value in values if value is not None and value.number is not None
        ]

    def _together(self, quantity: Quantity, entities: Sequence[Entity], situation: Situation) -> Value | None:
        values = [
            value for entity in entities if (value := quantity.read(entity, situation.states(entity.id))) is not None
        ]
        return together(values, summed=False) if values else None

    def _by_area(self, quantity: Quantity, subject: Subject) -> dict[str, list[Entity]]:
        areas: dict[str, list[Entity]] = {}
        for entity in self._told.best_of_areas(quantity, subject.entities):
            if entity.area is not None and entity.area in self._home.areas:
                areas.setdefault(entity.area, []).append(entity)
        return areas

    def _names(self, entities: Sequence[Entity]) -> str:
        return self._wording.names(entities) if entities else ""

    def _answer(self, key: str, about: Sequence[Entity], matched: Sequence[Entity], **values: object) -> Answer:
        return Answer(
            speech=self._wording.say(key, **values),
            about=tuple(entity.id for entity in about),
            matched=tuple(entity.id for entity in matched),
        )
