"""Questions about how things are: is it so, of which, of how many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ...home import Entity, Home, Situation
from ...reading import Answer
from ..language.words import Said
from ..nouns.index import Things
from .answers import Wording
from .conditions import Condition, Conditions, classes_of
from .forms import Parse
from .subjects import Many, Subject, Subjects
from .verdicts import Verdict, Verdicts, judge

MOST_REMEMBERED: Final = 32
"""Questions that a follow-up may go on from: those of all rooms that speak at once."""


@dataclass(frozen=True, slots=True)
class _Reach:
    """What a condition can be said of."""

    strong: Things
    all: Things
    anything: Things
    """What counts where no thing is named."""


class Asked:
    """Answers them for one home."""

    def __init__(self, home: Home, subjects: Subjects, conditions: Conditions, wording: Wording) -> None:
        self._home = home
        self._subjects = subjects
        self._conditions = conditions
        self._verdicts = Verdicts(home, conditions, wording)
        self._reaches: dict[int, _Reach] = {}
        self._before: dict[tuple[str, ...], tuple[Condition, bool]] = {}

    def whether(self, parse: Parse, situation: Situation) -> Answer | None:
        """Answer "is the window open?", "did I lock the door?"."""
        forgot = "forgot" in parse.extra
        if (found := self._find(parse, situation, Many.THE, inverted=forgot or "not" in parse.extra)) is None:
            return None
        subject, verdict = found
        if "it" in parse.extra and (situation.about or subject.many is not Many.ANY):
            return None  # "it" is what was spoken of
        return self._verdicts.plain(subject, verdict) if forgot else self._verdicts.whether(subject, verdict, situation)

    def again(self, said: Said, situation: Situation) -> Answer | None:
        """Answer "and upstairs?" after one of these questions; the states are told along, so nothing hangs on it."""
        before = self._before.get(situation.about)
        if before is None:
            return None
        condition, inverted = before
        entities = self._home.entities
        same = self._subjects.same_kind([entities[each] for each in situation.about if each in entities])
        can = same & self._reach(condition).all
        subject = self._subjects.place(said, situation, can) or self._subjects.find(said, situation, can)
        if subject is None:
            return None
        verdict = judge(condition, subject, situation, inverted=inverted)
        self._remember(subject, verdict, condition, inverted=inverted)
        return self._verdicts.again(subject, verdict, situation)

    def found(self, parse: Parse, situation: Situation) -> Answer | None:
        """Answer "is there motion in the hall?"."""
        condition = self._conditions.found[parse.phrase("finding")]
        reach, place = self._reach(condition), parse.part("place")
        if condition.placed and not len(place):
            return None
        subject = self._subjects.place(place, situation, reach.strong)
        subject = subject or self._subjects.place(place, situation, reach.all) or self._called(place, situation, reach)
        if subject is None:
            return None
        if self._is_athenas(condition, subject):
            return None
        verdict = judge(condition, subject, situation, inverted=False)
        if verdict.so and not subject.placed and (places := self._verdicts.places(verdict.so)):
            return self._verdicts.answer("yes_places", subject, verdict, places=places)
        return self._verdicts.plain(subject, verdict)

    def _called(self, place: Said, situation: Situation, reach: _Reach) -> Subject | None:
        """Return what is called by where it is: "under the sink" is the under sink sensor."""
        if len(place) < 2:
            return None
        behind = place.part(1, len(place))
        return self._subjects.find(place, situation, reach.all) or self._subjects.find(behind, situation, reach.all)

    def which(self, parse: Parse, situation: Situation) -> Answer | None:
        """Answer "which windows are open?"."""
        if (found := self._find(parse, situation, Many.ANY, inverted="not" in parse.extra)) is None:
            return None
        none = "nobody" if "people" in parse.extra else "nothing" if "things" in parse.extra else "none"
        return self._verdicts.which(*found, none)

    def rooms(self, parse: Parse, situation: Situation) -> Answer | None:
        """Answer "where are the lights on?"."""
        if (found := self._find(parse, situation, Many.ANY, inverted=False)) is None:
            return None
        subject, verdict = found
        if verdict.so and (places := self._verdicts.places(verdict.so)):
            return self._verdicts.answer("in_places", subject, verdict, places=places)
        return self._verdicts.which(subject, verdict, "nowhere")

    def count(self, parse: Parse, situation: Situation) -> Answer | None:
        """Answer "how many lights are on?"."""
        found = self._find(parse, situation, Many.ANY, inverted="not" in parse.extra)
        return self._verdicts.count(*found, self._things(parse)) if found is not None else None

    def total(self, parse: Parse, situation: Situation) -> Answer | None:
        """Answer "how many lights are there?"."""
        subject = self._subjects.find(parse.subject, situation, self._subjects.index.everything, many=Many.ANY)
        if subject is None or not subject.noun or not self._things(parse):
            return None
        return self._verdicts.count(subject, Verdict(subject.entities), self._things(parse))

    def states(self, parse: Parse, situation: Situation) -> tuple[Entity, ...]:
        """Return the things of which it was asked how they are ("is the door open or closed?")."""
        for condition in self._said(parse):
            if (subject := self._subject(condition, parse, situation, Many.THE)) is not None:
                return subject.entities
        return ()

    def _find(
        self, parse: Parse, situation: Situation, many: Many, *, inverted: bool
    ) -> tuple[Subject, Verdict] | None:
        for condition in self._said(parse):
            said = Many.ANY if "any" in parse.extra else Many.ALL if "all" in parse.extra else many
            if (subject := self._subject(condition, parse, situation, said)) is not None:
                if subject.many is Many.NONE:  # "is nothing on" is so where all are not on
                    subject, inverted = subject.asked(Many.ALL), not inverted
                verdict = judge(condition, subject, situation, inverted=inverted)
                if "forgot" not in parse.extra:
                    self._remember(subject, verdict, condition, inverted=inverted)
                return subject, verdict
        return None

    def _remember(self, subject: Subject, verdict: Verdict, condition: Condition, *, inverted: bool) -> None:
        """Keep what was asked, by what it was asked of and by what it was so: a follow-up knows one of them."""
        for about in (subject.entities, verdict.so):
            key = tuple(entity.id for entity in about)
            self._before.pop(key, None)  # so that it is the newest again
            self._before[key] = condition, inverted
        while len(self._before) > MOST_REMEMBERED:
            del self._before[next(iter(self._before))]

    def _things(self, parse: Parse) -> Mapping[bool, str]:
        """Return what was said to be counted, by whether it is one of them."""
        thing = parse.part("thing")
        if not len(thing) or not thing.plural[-1]:
            return {}
        kinds = self._subjects.index.lexicon.kind_nouns.meanings.get(thing.words[-1:], ())
        plural = next((kind.plural for kind in kinds if kind.plural.startswith(thing.words[-1][:-1])), None)
        return {True: thing.words[-1], False: plural} if plural else {}

    def _said(self, parse: Parse) -> Sequence[Condition]:
        if (name := parse.extra.get("condition")) is not None:
            return (self._conditions.by_name[name],)
        if phrase := parse.phrase("condition"):
            return self._conditions.said[phrase]
        if phrase := parse.phrase("happened"):
            return (self._conditions.happened[phrase],)
        return (self._conditions.done[parse.phrase("verb")],)

    def _reach(self, condition: Condition) -> _Reach:
        if (reach := self._reaches.get(id(condition))) is None:
            applies = self._subjects.can(condition.applies)
            weak = self._subjects.can(condition.is_weak)
            classes = self._conditions.anything.get(condition.name)
            named = (
                applies
                if classes is None
                else self._subjects.can(lambda entity: not classes.isdisjoint(classes_of(entity)))
            )
            reach = self._reaches[id(condition)] = _Reach(applies & ~weak, applies, applies & named)
        return reach

    def _subject(self, condition: Condition, parse: Parse, situation: Situation, many: Many) -> Subject | None:
        """Return what it is asked of: what tells it best."""
        reach, said = self._reach(condition), parse.subject
        if "people" in parse.extra:
            found = self._subjects.people(reach.all)
            return found.asked(many) if found is not None else None
        if "things" in parse.extra:
            found = self._subjects.place(said, situation, reach.anything)
            return found.asked(many) if found is not None else None
        for things in (reach.strong, reach.all):
            subject = self._subjects.find(said, situation, things, anything=reach.anything, many=many)
            if subject is not None:
                break
        else:
            subject = self._of_place(condition, said, situation)
        if subject is None or (not (subject.noun or subject.exact) and self._is_athenas(condition, subject)):
            return None
        return subject.asked(Many.ALL) if condition.of_all and subject.many is Many.THE else subject

    def _of_place(self, condition: Condition, said: Said, situation: Situation) -> Subject | None:
        """Return what tells it of a place, if it can be said of one ("is the house locked")."""
        if condition.places is None:
            return None
        subject = self._subjects.place(said, situation, self._reach(condition).anything)
        return subject.asked(Many.ANY if condition.places == "any" else Many.ALL) if subject is not None else None

    def _is_athenas(self, condition: Condition, subject: Subject) -> bool:
        """Return whether Athena herself knows it better, of a room that she keeps."""
        areas = (self._home.areas.get(entity.area) for entity in subject.entities if entity.area is not None)
        return condition.rooms and any(area is not None and area.is_room for area in areas)
