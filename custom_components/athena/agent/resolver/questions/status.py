"""Questions about one thing as it is: where it is, what it does; and "and in the kitchen?"."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ...home import Entity, Home, Situation
from ...reading import Answer, Which
from ..language.words import Said
from .answers import Wording
from .asked import Asked
from .conditions import Conditions, is_known
from .forms import Parse
from .quantities import Quantities
from .subjects import Many, Subjects
from .told import Told

MAIN: Final = (
    *(
        "vacuum",
        "lawn_mower",
        "climate",
        "lock",
        "cover",
        "valve",
        "media_player",
        "alarm_control_panel",
        "fan",
        "light",
    ),
    *("humidifier", "water_heater", "timer", "switch", "binary_sensor", "input_boolean"),
    *("sensor", "select", "update"),
)
"""Which of several things of one name is asked about, where only its state is: the one that does something."""
WHEREABOUTS: Final = frozenset({"person", "device_tracker"})
MOVING: Final = frozenset({"vacuum", "lawn_mower"})


class Status:
    """Answers them for one home."""

    def __init__(
        self,
        home: Home,
        subjects: Subjects,
        conditions: Conditions,
        quantities: Quantities,
        wording: Wording,
        *,
        asked: Asked,
        told: Told,
    ) -> None:
        self._home = home
        self._subjects = subjects
        self._conditions = conditions
        self._quantities = quantities
        self._wording = wording
        self._asked = asked
        self._told = told
        self._whereabouts = subjects.can(lambda entity: entity.domain in WHEREABOUTS)
        self._moving = subjects.can(lambda entity: entity.domain in MOVING)
        self._main = subjects.can(lambda entity: entity.domain in MAIN)

    def where(self, parse: Parse, situation: Situation) -> Answer | None:
        """Answer "where is Ada?"; of a thing that moves, what it does."""
        if self._subjects.is_cut(parse.subject):
            return None
        if (found := self._subjects.find(parse.subject, situation, self._whereabouts)) is not None:
            if found.many is Many.NONE:
                return None
            persons = [entity for entity in found.entities if entity.domain == "person"] or list(found.entities)
            return self._whereabout(persons[0], situation) if len(persons) == 1 else self._states(persons, situation)
        found = self._subjects.find(parse.subject, situation, self._moving)
        return self._states(found.entities, situation) if found is not None else None

    def state(self, parse: Parse, situation: Situation) -> Answer | None:
        """Answer "what is the vacuum doing?", "is the door open or closed?"."""
        if "condition" in parse.held:
            return self._states(self._asked.states(parse, situation), situation, named=True)
        found = self._subjects.find(parse.subject, situation, self._main)
        if found is None:
            return None
        main = min(MAIN.index(entity.domain) for entity in found.entities)
        return self._states([entity for entity in found.entities if MAIN.index(entity.domain) == main], situation)

    def again(self, parse: Parse, situation: Situation) -> Answer | Which | None:
        """Answer "and in the kitchen?", asked after another question."""
        entities = self._home.entities
        about = [entities[each] for each in situation.about if each in entities]
        if not about or situation.last is not None:
            return None
        if (answered := self._asked.again(parse.subject, situation)) is not None:
            return answered
        for quantity in self._quantities.by_name.values():
            if quantity.source(about[0]) is None or about[0].domain not in ("sensor", "climate", "weather"):
                continue
            if (reading := self._told.quantity(quantity, parse.subject, situation)) is not None:
                return reading
        return self._same_again(parse.subject, about, situation)

    def _same_again(self, said: Said, about: Sequence[Entity], situation: Situation) -> Answer | None:
        """Tell the states of things of the same kind, where it is not known what was asked."""
        can = self._subjects.same_kind(about)
        subject = self._subjects.place(said, situation, can) or self._subjects.find(said, situation, can)
        if subject is None:
            return None
        if len(subject.entities) == 1 and subject.entities[0].domain in WHEREABOUTS:
            return self._whereabout(subject.entities[0], situation)
        answer = self._states(subject.entities, situation)
        if answer is None:
            return None
        so = (
            entity
            for entity in subject.entities
            if self._conditions.is_worth_saying(entity, situation.states(entity.id))
        )
        return replace(answer, matched=tuple(entity.id for entity in so))

    def _whereabout(self, entity: Entity, situation: Situation) -> Answer:
        state = situation.states(entity.id)
        about = (entity.id,)
        if state is None or not is_known(state):
            return Answer(speech=self._wording.say("cannot_tell"), about=about)
        key = {"home": "is_at_home", "not_home": "is_away"}.get(state.state, "is_at")
        speech = self._wording.say(key, name=self._wording.name(entity), zone=state.state)
        return Answer(speech=speech, about=about, matched=about)

    def _states(self, entities: Sequence[Entity], situation: Situation, *, named: bool = False) -> Answer | None:
        """Tell the states of some things: as one where they are the same."""
        about = tuple(entity.id for entity in entities)
        told: dict[str, list[Entity]] = {}
        for entity in entities:
            state = situation.states(entity.id)
            if state is not None and is_known(state):
                called = self._conditions.call(entity, state)
                if entity.domain == "sensor" and (value := self._told.entity(entity, situation)) is not None:
                    called = self._wording.value(value)
                told.setdefault(called, []).append(entity)
        if not told:
            return Answer(speech=self._wording.say("cannot_tell"), about=about) if about else None
        matched = tuple(entity.id for several in told.values() for entity in several)
        if len(about) == 1 and not named:
            return Answer(speech=self._wording.say("state", state=next(iter(told))), about=about, matched=matched)
        if len(told) == 1 and len(matched) == len(about) > 1:
            return Answer(speech=self._wording.say("all_state", state=next(iter(told))), about=about, matched=matched)
        lines = [self._line(called, several) for called, several in told.items()]
        return Answer(speech=" ".join(lines), about=about, matched=matched)

    def _line(self, called: str, several: Sequence[Entity]) -> str:
        if len(several) == 1:
            return self._wording.say("is_state", name=self._wording.name(several[0]), state=called)
        return self._wording.say("are_state", names=self._wording.names(several), state=called)
