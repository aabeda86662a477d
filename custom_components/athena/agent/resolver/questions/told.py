"""Questions about what things tell: how warm, how humid, how full, how loud, set to what, playing what."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final

from ...home import Area, Entity, Home, Situation
from ...reading import Answer, Option, Which
from ..language.words import Said
from ..nouns.index import Things
from .answers import Wording
from .conditions import Conditions, is_known
from .forms import Parse
from .meters import Meters
from .quantities import Quantities, Quantity, Value, differ, measured, together
from .subjects import Many, Subject, Subjects

MOST_LISTED: Final = 4
"""Values that one answer may list."""
TELLING: Final = frozenset({"sensor", "number", "input_number", "select", "input_select", "input_text", "counter"})
"""Domains whose state is what they tell."""


class Told:
    """Answers them for one home."""

    def __init__(
        self,
        home: Home,
        subjects: Subjects,
        conditions: Conditions,
        quantities: Quantities,
        wording: Wording,
        *,
        meters: Meters,
    ) -> None:
        self._home = home
        self._subjects = subjects
        self._conditions = conditions
        self._quantities = quantities
        self._wording = wording
        self._meters = meters
        self._reaches: dict[str, Things] = {}
        self._placed: dict[str, Things] = {}
        self._telling = subjects.can(lambda entity: entity.domain in TELLING)
        self._appliances = subjects.can(self._is_appliances)
        self._home_meters = subjects.can(self._is_of_the_home)

    def value(self, parse: Parse, situation: Situation) -> Answer | Which | None:
        """Answer "how warm is it upstairs?", "what is the thermostat set to?"."""
        if not self._names_quantity(parse) and (reading := self._by_whole_name(parse, situation)) is not None:
            return reading
        for quantity, said in self._asked(parse):
            if (reading := self.quantity(quantity, said, situation)) is not None:
                return reading
        return None if "bare" in parse.extra or self._names_quantity(parse) else self._by_name(parse.subject, situation)

    def quantity(self, quantity: Quantity, said: Said, situation: Situation) -> Answer | Which | None:
        """Answer what a quantity of something is, or of a place."""
        if (metered := self._meters.told(quantity, said, situation)) is not None:
            return metered
        can = self.reach(quantity)
        if not can:
            return None
        if (quantity.room or quantity.sum) and (found := self._of_place(quantity, said, situation)) is not None:
            return self._together(quantity, found, situation)
        if not len(said):
            return self._of_here(quantity, situation, can)
        return self._of_thing(quantity, said, situation, can)

    def _of_thing(self, quantity: Quantity, said: Said, situation: Situation, can: Things) -> Answer | Which | None:
        first: Answer | Which | None = None
        can_be_its = 0
        while (subject := self._subjects.find(said, situation, can) or self._subjects.outdoors(said, can)) is not None:
            # What does not tell it may have a sensor of a similar name that does: the vacuum and its battery.
            can &= ~self._subjects.of([entity.id for entity in subject.entities])
            can_be_its = can_be_its or self._named_after(subject.entities) & can
            entities = self._meant(subject.entities, said, subject.called) if quantity.room else list(subject.entities)
            entities = [entity for entity in entities if quantity.may_tell(entity, situation.states(entity.id))]
            if not entities:
                continue
            reading = self._each(quantity, replace(subject, entities=tuple(entities)), said, situation)
            if not isinstance(reading, Answer) or reading.matched:
                return reading
            first = first or reading
        its = list(self._subjects.index.of(can_be_its))
        if first is None and len(its) == 1:
            return self._listed(its, [quantity.read(its[0], situation.states(its[0].id))], plural=False)
        return first

    def _named_after(self, entities: Sequence[Entity]) -> Things:
        """Return what has the name of the only one of these in its own: "Rosie battery", of Rosie, the vacuum."""
        if len(entities) != 1:
            return 0
        things = 0
        for name in self._subjects.index.names_of(entities[0]):
            things |= self._subjects.index.named(name.words)
        return things

    def _of_here(self, quantity: Quantity, situation: Situation, can: Things) -> Answer | Which | None:
        """Answer where neither a thing nor a place was said: of what tells it here, else of the only one that does."""
        subject = self._subjects.here(situation, can)
        entities = subject.entities if subject is not None else tuple(self._subjects.index.of(can))
        values = [(entity, quantity.read(entity, situation.states(entity.id))) for entity in entities]
        telling = [(entity, value) for entity, value in values if value is not None and value.number is not None]
        if len(telling) != 1:
            return None
        ((entity, value),) = telling
        return self._listed([entity], [value], plural=False)

    def _meant(self, entities: Sequence[Entity], said: Said, called: Collection[str] = ()) -> list[Entity]:
        """Leave out the appliances' sensors where no appliance was named: the kitchen is not as cold as its fridge.

        `called`: those whose names say all that was said of them; they stay where nothing else does.
        """
        if set(said.words) & self._quantities.not_of_the_room:
            return list(entities)
        of_the_room = [entity for entity in entities if not self._subjects.index.bits[entity.id] & self._appliances]
        if of_the_room or self._subjects.index.areas.whole(self._subjects.index.content(said.words)):
            return of_the_room
        return [entity for entity in entities if entity.id in called]

    def entity(self, entity: Entity, situation: Situation) -> Value | None:
        """Return what a thing tells by itself."""
        state = situation.states(entity.id)
        if state is None or not is_known(state):
            return None
        return measured(entity, state) or Value(text=self._conditions.call(entity, state))

    @staticmethod
    def _names_quantity(parse: Parse) -> bool:
        return bool(parse.held.keys() & {"quantity", "how"}) or bool(parse.extra.keys() & {"quantity", "set"})

    def _asked(self, parse: Parse) -> Iterator[tuple[Quantity, Said]]:
        """Yield what may be asked of what."""
        quantities = self._quantities
        if phrase := parse.phrase("quantity"):
            named: Sequence[Quantity] = quantities.named[phrase]
        elif phrase := parse.phrase("how"):
            named = quantities.how[phrase]
        elif "set" in parse.extra or "quantity" in parse.extra:
            named = (quantities.by_name[parse.extra.get("quantity", "set")],)
        else:
            yield from self.within(parse)
            return
        for quantity in named:
            if "room" in parse.extra and not quantity.room:
                continue
            meant = quantities.by_name[quantity.set] if "set" in parse.extra and quantity.set is not None else quantity
            yield meant, parse.subject

    def within(self, parse: Parse) -> Iterator[tuple[Quantity, Said]]:
        """Yield the quantities that are named among the words of the thing ("the bedroom temperature")."""
        said = parse.subject
        if "bare" in parse.extra and said.words and said.words[0] in self._subjects.index.lexicon.verbs:
            return
        for length in range(min(len(said), 4), 0, -1):
            for place in range(len(said) - length + 1):
                for quantity in self._quantities.named.get(said.words[place : place + length], ()):
                    if "bare" not in parse.extra or quantity.room or length < len(said):
                        yield quantity, said.without(set(range(place, place + length)))

    def reach(self, quantity: Quantity) -> Things:
        """Return what tells a quantity."""
        if quantity.name not in self._reaches:
            self._reaches[quantity.name] = self._subjects.can(lambda entity: quantity.source(entity) is not None)
        return self._reaches[quantity.name]

    def of_places(self, quantity: Quantity) -> Things:
        """Return what tells a quantity of the place it is in."""
        if quantity.name not in self._placed:
            named = self._subjects.can(quantity.is_named_only)
            self._placed[quantity.name] = self.reach(quantity) & ~named & ~(self._appliances if quantity.room else 0)
        return self._placed[quantity.name]

    def _is_appliances(self, entity: Entity) -> bool:
        """Return whether it is an appliance's own measure, which says nothing about the room around it."""
        if entity.domain == "water_heater":
            return True
        words = {word for name in self._subjects.index.names_of(entity) for word in name.words}
        return entity.domain == "sensor" and not words.isdisjoint(self._quantities.not_of_the_room)

    def _is_of_the_home(self, entity: Entity) -> bool:
        words = {word for name in self._subjects.index.names_of(entity) for word in name.words}
        is_of_all = entity.area is None and words <= self._quantities.of_all
        return entity.domain == "sensor" and (is_of_all or not words.isdisjoint(self._quantities.of_the_home))

    def _of_place(self, quantity: Quantity, said: Said, situation: Situation) -> Subject | None:
        """Return what tells a quantity of a place, or of where the speaker is."""
        about = self.of_places(quantity)
        if len(said) and not self._is_here(said, situation):
            subject = self._subjects.place(said, situation, about)
            return subject if subject is None or subject.placed or quantity.room else None
        here = self._subjects.here(situation, about)
        if here is not None and quantity.room:
            return here
        return self._subjects.all(about if quantity.room else about & self._home_meters)

    def _is_here(self, said: Said, situation: Situation) -> bool:
        return situation.area is None and self._subjects.index.lexicon.here.whole(said.words) is not None

    def _together(self, quantity: Quantity, subject: Subject, situation: Situation) -> Answer | Which | None:
        """Tell what several tell as one: those of each area that tell it best."""
        chosen = self.best_of_areas(quantity, subject.entities) if quantity.room else list(subject.entities)
        told = [
            (entity, value)
            for entity in chosen
            if (value := quantity.read(entity, situation.states(entity.id))) is not None
        ]
        if not told:
            return self._answer("cannot_tell", subject.entities, ())
        values = [value for _, value in told]
        if (value := together(values, summed=quantity.sum)) is None:
            return None
        entities = [entity for entity, _ in told]
        spoken = self._wording.value(value)
        elsewhere = self._elsewhere(subject, entities, situation)
        if elsewhere is not None:
            return self._answer("value_in", entities, entities, value=spoken, place=self._wording.place(elsewhere))
        key = "value_mean" if not quantity.sum and differ(values) else "value"
        return self._answer(key, entities, entities, value=spoken)

    def _elsewhere(self, subject: Subject, entities: Sequence[Entity], situation: Situation) -> Area | None:
        """Return the only area that tells it, where no place was named and it is not the speaker's."""
        areas = {entity.area for entity in entities}
        if subject.placed or situation.area is None or len(areas) > 1 or situation.area in areas:
            return None
        area = areas.pop()
        return self._home.areas.get(area) if area is not None else None

    @staticmethod
    def best_of_areas(quantity: Quantity, entities: Sequence[Entity]) -> list[Entity]:
        """Return those of each area that tell a quantity best."""
        best: dict[str | None, int] = {}
        for entity in entities:
            best[entity.area] = min(quantity.rank(entity), best.get(entity.area, len(quantity.sources)))
        return [entity for entity in entities if quantity.rank(entity) == best[entity.area]]

    def _each(self, quantity: Quantity, subject: Subject, said: Said, situation: Situation) -> Answer | Which | None:
        """Tell what each of some things tells; ask which, where one was meant and there are more."""
        best = min(quantity.rank(entity) for entity in subject.entities)
        entities = [entity for entity in subject.entities if subject.plural or quantity.rank(entity) == best]
        if not subject.plural and len(entities) > 1:
            entities = self._closest(quantity, entities, said) or entities
            entities = [entity for entity in entities if entity.id in subject.called] or entities
        values = [quantity.read(entity, situation.states(entity.id)) for entity in entities]
        return self._listed(entities, values, plural=subject.plural)

    def _closest(self, quantity: Quantity, entities: Sequence[Entity], said: Said) -> list[Entity]:
        """Return those whose name says no more than that: "pool temperature", not "pool house temperature"."""
        words = {word for phrase, named in self._quantities.named.items() if quantity in named for word in phrase}
        words |= set(said.words)
        return [
            entity
            for entity in entities
            if any(words.issuperset(name.words) for name in self._subjects.index.names_of(entity))
        ]

    def _listed(
        self, entities: Sequence[Entity], values: Sequence[Value | None], *, plural: bool
    ) -> Answer | Which | None:
        told = [(entity, value) for entity, value in zip(entities, values, strict=True) if value is not None]
        if len(told) > MOST_LISTED and not plural:
            return None
        if not told:
            return self._answer("cannot_tell", entities, ())
        spoken = [self._wording.value(value) for _, value in told]
        matched = [entity for entity, _ in told]
        if len(set(spoken)) == 1 and len(told) == len(entities):
            return self._answer("value", entities, matched, value=spoken[0])
        names = [self._wording.name(entity) for entity in matched]
        listed = [
            self._wording.part("value_of", name=name, value=value) for name, value in zip(names, spoken, strict=True)
        ]
        if len(told) <= (MOST_LISTED if plural else 2):
            return self._answer("values", entities, matched, values=self._wording.joined(listed))
        if plural or len(set(names)) < len(names) or len(names) > MOST_LISTED + 2:
            return None
        options = tuple(
            Option(names=(name,), reading=self._answer("value", [entity], [entity], value=value))
            for name, entity, value in zip(names, matched, spoken, strict=True)
        )
        return Which(question=self._wording.say("which", options=self._wording.either(names)), options=options)

    def _by_whole_name(self, parse: Parse, situation: Situation) -> Answer | Which | None:
        """Answer for a sensor that was called by its whole name ("what is the outside temperature")."""
        index = self._subjects.index
        words = tuple(word for word in parse.subject.words if word not in index.lexicon.articles)
        entities = list(index.of(index.by_name.get(words, 0) & self._telling))
        # The name alone is a question only where it is one of a measurement.
        if len(entities) != 1 or (
            "bare" in parse.extra and (entities[0].domain != "sensor" or entities[0].unit is None)
        ):
            return None
        return self._listed(entities, [self.entity(entity, situation) for entity in entities], plural=False)

    def _by_name(self, said: Said, situation: Situation) -> Answer | Which | None:
        """Answer for a sensor of whose name a part was said."""
        if self._subjects.is_cut(said):
            return None
        subject = self._subjects.find(said, situation, self._telling, many=Many.THE)
        if (
            subject is None
            or subject.noun
            or self._subjects.index.areas.whole(self._subjects.index.content(said.words))
        ):
            return None
        entities = self._meant(subject.entities, said)
        if not 0 < len(entities) <= 2:
            return None
        return self._listed(entities, [self.entity(entity, situation) for entity in entities], plural=False)

    def _answer(self, key: str, about: Sequence[Entity], matched: Sequence[Entity], **values: object) -> Answer:
        return Answer(
            speech=self._wording.say(key, **values),
            about=tuple(entity.id for entity in about),
            matched=tuple(entity.id for entity in matched),
        )
