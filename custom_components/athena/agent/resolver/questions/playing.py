"""Questions about what plays."""

from collections.abc import Sequence
from typing import Final

from ...home import Entity, Situation
from ...reading import Answer
from .answers import Wording
from .forms import Parse
from .quantities import Quantities
from .subjects import Subject, Subjects

TELLING: Final = ("song", "source")
"""The quantities that say what plays, the better one first."""


class Playing:
    """Answers them for one home."""

    def __init__(self, subjects: Subjects, quantities: Quantities, wording: Wording) -> None:
        self._subjects = subjects
        self._tellers = tuple(quantities.by_name[name] for name in TELLING)
        self._wording = wording
        self._players = subjects.can(lambda entity: entity.domain == "media_player")

    def read(self, parse: Parse, situation: Situation) -> Answer | None:
        """Answer "what's playing?", "what song is this?"."""
        if (subject := self._subject(parse, situation)) is None:
            return None
        titles = self._titles(subject.entities, situation)
        speech = self._say(titles, situation, named=bool(len(parse.subject)))
        about = tuple(entity.id for entity in subject.entities)
        return Answer(speech=speech, about=about, matched=tuple(entity.id for entity, _ in titles))

    def _subject(self, parse: Parse, situation: Situation) -> Subject | None:
        subjects = self._subjects
        if "on" in parse.extra:  # a player, not a place: "what's on upstairs" asks what is turned on there
            subject = subjects.find(parse.subject, situation, self._players)
            is_player = subject is not None and not subject.placed and (subject.noun or subject.called)
            return subject if is_player and not subjects.is_cut(parse.subject) else None
        if len(said := parse.subject):
            return subjects.find(said, situation, self._players) or subjects.place(said, situation, self._players)
        here = self._subjects.here(situation, self._players)
        if here is not None and self._titles(here.entities, situation):
            return here
        return self._subjects.all(self._players)

    def _titles(self, entities: Sequence[Entity], situation: Situation) -> list[tuple[Entity, str]]:
        """Return those that play, and what; an empty title where they do not tell."""
        titles = []
        for entity in entities:
            state = situation.states(entity.id)
            if state is not None and state.state == "playing":
                values = (teller.read(entity, state) for teller in self._tellers)
                titles.append((entity, next((self._wording.value(value) for value in values if value is not None), "")))
        return titles

    def _say(self, titles: Sequence[tuple[Entity, str]], situation: Situation, *, named: bool) -> str:
        wording = self._wording
        if not titles:
            return wording.say("nothing")
        if len(titles) == 1:
            ((entity, title),) = titles
            key = "value" if named or situation.area in {entity.area} - {None} else "plays_on"
            return wording.say(key if title else "playing_untitled", value=title, name=wording.name(entity))
        told = [wording.part("value_of", name=wording.name(entity), value=title) for entity, title in titles if title]
        return wording.say("values", values=wording.joined(told or [wording.name(entity) for entity, _ in titles]))
