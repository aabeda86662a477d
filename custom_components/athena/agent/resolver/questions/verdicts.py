"""How it is put whether something is so: yes, no, of which, or that nobody knows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ...home import Entity, Home, Situation
from ...reading import Answer
from .answers import Wording
from .conditions import Condition, Conditions, is_known
from .quantities import measured
from .subjects import Many, Subject

PLAIN: Final = frozenset({"on", "off", "open", "closed", "locked", "unlocked", "home", "not_home"})
"""States that go without saying once the other one was asked about and is not so."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is so, what is not, and what nobody knows."""

    so: tuple[Entity, ...]
    not_so: tuple[Entity, ...] = ()
    unknown: tuple[Entity, ...] = ()
    by_state: bool = True
    """Whether the states themselves say it: then they say what is so instead."""


def judge(condition: Condition, subject: Subject, situation: Situation, *, inverted: bool) -> Verdict:
    """Return of which of a question's things it is so; `inverted`: of which it is not."""
    parts: Mapping[bool | None, list[Entity]] = {True: [], False: [], None: []}
    for entity in subject.entities:
        holds = condition.holds(entity, situation.states(entity.id))
        parts[holds if holds is None else holds is not inverted].append(entity)
    return Verdict(tuple(parts[True]), tuple(parts[False]), tuple(parts[None]), not condition.attributes)


class Verdicts:
    """Puts verdicts into words."""

    def __init__(self, home: Home, conditions: Conditions, wording: Wording) -> None:
        self._home = home
        self._conditions = conditions
        self._wording = wording

    def whether(self, subject: Subject, verdict: Verdict, situation: Situation) -> Answer:
        """Answer with a yes or a no, and with what a person would ask next."""
        if len(subject.entities) == 1:
            return self._one(subject, verdict, situation)
        if not verdict.so and not verdict.not_so:
            return self.answer("cannot_tell", subject, verdict)
        is_of_all = subject.many is Many.ALL or (subject.many is Many.THE and subject.listed)
        if is_of_all or (subject.plural and subject.many is Many.THE and not (verdict.so and verdict.not_so)):
            return self._all(subject, verdict, situation)
        if subject.many is Many.ANY or subject.plural:
            return self._any(subject, verdict)
        return self._some(subject, verdict, situation)

    def plain(self, subject: Subject, verdict: Verdict) -> Answer:
        """Answer with a yes or a no, where no names would help."""
        if verdict.so:
            return self.answer("yes", subject, verdict)
        if not verdict.not_so:
            return self.answer("cannot_tell", subject, verdict)
        return self._any(subject, verdict)

    def _one(self, subject: Subject, verdict: Verdict, situation: Situation) -> Answer:
        (entity,) = subject.entities
        if verdict.so:
            named = subject.many is Many.ANY and not subject.exact
            return (
                self.answer("yes_named", subject, verdict, names=self._wording.name(entity))
                if named
                else self.answer("yes", subject, verdict)
            )
        state = situation.states(entity.id)
        if state is None or not is_known(state):
            return self.answer("cannot_tell", subject, verdict)
        called = self._call(entity, situation)
        if verdict.unknown:
            return self.answer("is_state", subject, verdict, name=self._wording.name(entity), state=called)
        if subject.many is Many.ANY or state.state in PLAIN or not verdict.by_state:
            return self.answer("no", subject, verdict)
        return self.answer("no_state", subject, verdict, state=called)

    def _any(self, subject: Subject, verdict: Verdict) -> Answer:
        if verdict.so:
            return self.answer("yes_named", subject, verdict, names=self._wording.names(verdict.so))
        if verdict.unknown:
            return self.answer("no_but_unknown", subject, verdict, names=self._wording.names(verdict.unknown))
        return self.answer("no", subject, verdict)

    def _all(self, subject: Subject, verdict: Verdict, situation: Situation) -> Answer:
        if not verdict.not_so:
            if verdict.unknown:
                return self.answer("yes_but_unknown", subject, verdict, names=self._wording.names(verdict.unknown))
            return self.answer("yes", subject, verdict)
        if not verdict.so and not verdict.unknown and subject.many is not Many.ALL:
            return self.answer("no", subject, verdict)
        if verdict.so and len(verdict.so) < len(verdict.not_so) and subject.many is not Many.ALL:
            return self.answer("no_only", subject, verdict, names=self._wording.names(verdict.so))
        states = {self._call(entity, situation) for entity in verdict.not_so}
        names = self._wording.names(verdict.not_so)
        if len(states) > 1:
            return self.answer("no_not", subject, verdict, names=names)
        key = "no_named" if len(verdict.not_so) == 1 else "no_named_many"
        return self.answer(key, subject, verdict, name=names, names=names, state=states.pop())

    def _some(self, subject: Subject, verdict: Verdict, situation: Situation) -> Answer:
        """Answer of several things of one name: each by itself, where there are two."""
        if not verdict.so:
            return self._any(subject, verdict)
        if not verdict.not_so and not verdict.unknown:
            return self.answer("yes", subject, verdict)
        if len(subject.entities) == len(subject.called) == 2 and not verdict.unknown:
            one, other = subject.entities
            named = {"one": self._wording.name(one), "other": self._wording.name(other)}
            called = {"first": self._call(one, situation), "second": self._call(other, situation)}
            return self.answer("two_states", subject, verdict, **named, **called)
        return self.answer("yes_named", subject, verdict, names=self._wording.names(verdict.so))

    def _call(self, entity: Entity, situation: Situation) -> str:
        state = situation.states(entity.id)
        if state is None:
            return ""
        value = measured(entity, state)
        return self._wording.value(value) if value is not None else self._conditions.call(entity, state)

    def places(self, entities: Sequence[Entity]) -> str:
        """Return the areas of all of some things; nothing where one has none."""
        areas = [self._home.areas.get(entity.area) if entity.area is not None else None for entity in entities]
        named = [self._wording.place(area) for area in areas if area is not None]
        return self._wording.joined(named) if len(named) == len(entities) else ""

    def again(self, subject: Subject, verdict: Verdict, situation: Situation) -> Answer:
        """Answer with a yes or a no and with the states that make it one."""
        if not verdict.so and not verdict.not_so:
            return self.answer("cannot_tell", subject, verdict)
        decisive = verdict.so or verdict.not_so
        states = {self._call(entity, situation) for entity in decisive}
        if len(states) > 1 or (not verdict.so and verdict.unknown):
            return self._any(subject, verdict)
        state, names = states.pop(), self._wording.names(decisive)
        if verdict.so:
            key = "yes_is" if len(decisive) == 1 else "yes_are"
        else:
            key = "no_state" if len(decisive) == 1 else "no_all"
        return self.answer(key, subject, verdict, names=names, state=state)

    def which(self, subject: Subject, verdict: Verdict, none: str) -> Answer:
        """Name those of which it is so; `none`: the line for where there is none."""
        if verdict.so:
            return self.answer("named", subject, verdict, names=self._wording.names(verdict.so))
        if verdict.unknown:
            return self.answer("none_known" if verdict.not_so else "cannot_tell", subject, verdict)
        return self.answer(none, subject, verdict)

    def count(self, subject: Subject, verdict: Verdict, things: Mapping[bool, str]) -> Answer:
        """Count those of which it is so; `things`: what they are called, by whether it is one."""
        if not verdict.so:
            return self.answer("none" if verdict.not_so or not verdict.unknown else "cannot_tell", subject, verdict)
        number = len(verdict.so)
        called = things.get(number == 1)
        key = "count" if called else "count_only"
        return self.answer(key, subject, verdict, number=self._wording.number(number), things=called)

    def answer(self, key: str, subject: Subject, verdict: Verdict, **values: object) -> Answer:
        """Return a line as the answer about a question's things."""
        return Answer(
            speech=self._wording.say(key, **values),
            about=tuple(entity.id for entity in subject.entities),
            matched=tuple(entity.id for entity in verdict.so),
        )
