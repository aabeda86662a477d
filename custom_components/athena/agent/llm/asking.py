"""A request made ready: what of the home is reckoned once, and what for each utterance."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..home import Home
from .grammar import grammar_of
from .landmarks import landmarks_of
from .language import Language
from .names import Names, Target, entities_in, kinds_in
from .prompt import FULL, Message, Template, messages_of, prefix_of
from .retrieval import Retrieval
from .turn import Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """What is asked."""

    names: Names
    messages: list[Message]
    grammar: str


class Asking:
    """What the model has to be told of one home: built anew when the home is."""

    def __init__(self, home: Home, language: Language, extra: str, *, is_grammar: bool) -> None:
        """`is_grammar`: whether the server takes one; else it is told of tools."""
        self.home = home
        self.is_grammar = is_grammar
        self._words = language.words
        self._template = Template(
            prompt=language.prompt,
            format=language.lines if is_grammar else language.tools,
            says="say: " if is_grammar else "",
            extra=extra,
        )
        self._retrieval = Retrieval(home, language.words)
        self._landmarks = landmarks_of(home, language.words)
        self._entities = entities_in(home)
        self._labels = {target.entities[0].id: name for name, target in self._entities.items()}
        self._kinds: Mapping[str, Target] = kinds_in(home, language.words)
        self._prefixes: dict[tuple[str, ...], str] = {}

    def ahead(self, asked: Asked) -> list[Message]:
        """Return what is known before the person has spoken."""
        return messages_of(self._template, self._prefix(asked), asked, None, ())

    def ready(self, asked: Asked) -> Ready:
        """Return the request for an utterance: a few ms in a small home, some tens in one of thousands."""
        around = asked.around
        found = self._retrieval.find(asked.text, area=around.situation.area, about=around.situation.about)
        chosen: Mapping[str, Target] = self._entities
        if len(self.home.entities) > FULL:
            labels = [self._labels[one.id] for one in (*found, *self._landmarks) if one.id in self._labels]
            chosen = {label: self._entities[label] for label in labels}
        names = Names(self.home, chosen, self._kinds, around.situation.states, around.policy)
        return Ready(
            names=names,
            messages=messages_of(self._template, self._prefix(asked), asked, names, found),
            grammar=grammar_of(names, around.scenes) if self.is_grammar else "",
        )

    def _prefix(self, asked: Asked) -> str:
        scenes = asked.around.scenes
        if scenes not in self._prefixes:
            self._prefixes[scenes] = prefix_of(
                self._template, self.home, self._words, self._labels, self._landmarks, scenes
            )
        return self._prefixes[scenes]
