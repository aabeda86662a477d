"""What is said beside a command: why ("... it's too loud", "I'm cold, ..."), and to whom ("..., love")."""

from collections.abc import Iterator
from typing import Final

from ..language.words import Said, Words
from ..nouns.index import Index

LONGEST: Final = 9
"""Words of a reason."""
SHORTEST: Final = 3
"""Words: "it is" alone is no reason."""


class Asides:
    """Leaves them out, in one home."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.lexicon = index.lexicon
        file = index.lexicon.files["asides"]
        self._called = self.lexicon.phrases(file["called"])
        self._reasons = self.lexicon.phrases(file["reasons"])
        self._tails = self.lexicon.phrases(file["tails"])
        self._announced = self.lexicon.phrases(file["announced"])
        self._untold = frozenset(word for each in file["untold"] for word in self.lexicon.words(each))
        self._leads = frozenset(word for each in file["leads"] for word in self.lexicon.words(each))
        self._requests = self.lexicon.phrases(file["requests"])
        self._indefinite = frozenset(word for each in file["indefinite"] for word in self.lexicon.words(each))
        self._states = {self.lexicon.words(said)[0]: self.lexicon.words(verb) for said, verb in file["states"].items()}
        self._request = self.lexicon.words(file["request"])
        self._degrees = self.lexicon.phrases(file["degrees"])

    def without(self, said: Said, plain: Said) -> Iterator[Said]:
        """Yield what may be the command in an utterance that is more than one, the longest first.

        `plain` is the same without what is said for the sake of it.
        """
        called = self._without_called(said)
        for each in dict.fromkeys((called, self._without_called(plain))):
            if each not in (said, plain):
                yield each
        yield from self._announcing(plain)
        yield from self._turned(plain)
        yield from self._without_reason(called)

    def _announcing(self, said: Said) -> Iterator[Said]:
        """Yield the scene or script of "it's movie time"."""
        found = self._announced.at(said.words, 0) if len(said) else None
        if found is None:
            return
        rest = said.part(found[0], len(said))
        scenes = self.index.domains(frozenset({"scene", "script"}))
        if self.index.by_name.get(self.index.content(rest.words), 0) & scenes:
            yield rest

    def _turned(self, said: Said) -> Iterator[Said]:
        """Yield a command whose thing was said first: "the back door, lock it"."""
        words = said.words
        if len(words) < 3 or words[-1:] != self.lexicon.pronoun:
            return
        for place in range(len(words) - 2, 0, -1):
            name = said.part(0, place - 1 if words[place - 1] == "," else place)
            if self.index.content(name.words) in self.index.by_name:
                verb = said.part(place, len(said) - 1)
                yield Said((*verb.words, *name.words), (*verb.plural, *name.plural))

    def complaint(self, said: Said) -> Said | None:
        """Return a complaint without how much it is so ("it is way too loud"); None where nothing says that."""
        places: set[int] = set()
        place = 0
        while place < len(said):
            found = self._degrees.at(said.words, place)
            if found is not None:
                places.update(range(place, place + found[0]))
            place += found[0] if found is not None else 1
        return said.without(places) if places else None

    def requested(self, said: Said, plain: Said) -> Said | None:
        """Return a wish that names only a thing ("the hallway light please") with its verb; None where it is none."""
        is_wished = any(self._requests.at(said.words, place) is not None for place in range(len(said)))
        if not is_wished or not len(plain) or not self._indefinite.isdisjoint(plain.words):
            return None
        if (verb := self._states.get(plain.words[-1])) is not None and len(plain) > 1:
            return plain.part(0, len(plain) - 1).before(verb)
        return plain.before(self._request)

    def _without_called(self, said: Said) -> Said:
        while len(said) > 1 and (found := self._called.at(said.words, 0)) is not None and found[0] < len(said):
            if not self._is_known(said.words[: found[0]]):
                said = self._trimmed(said.part(found[0], len(said)))
            else:
                break
        for place in range(len(said) - 1, 0, -1):
            if self._called.whole(said.words[place:]) is not None and not self._is_known(said.words[place:]):
                return self._trimmed(said.part(0, place))
        return said

    def _without_reason(self, said: Said) -> Iterator[Said]:
        words = said.words
        for place in range(len(words) - SHORTEST, 0, -1):
            if self._reasons.at(words, place) is not None and self._is_reason(words[place:]):
                yield self._trimmed(said.part(0, place))
        for place in range(len(words) - 1, 0, -1):
            if self._tails.whole(words[place:]) is not None:
                yield self._trimmed(said.part(0, place))
        if self._reasons.at(words, 0) is None:
            return
        for place in range(SHORTEST, min(len(words), LONGEST + 1)):
            left = words[:place]
            if words[place] == ",":
                continue
            if left[-1] not in self._leads and self._is_reason(left) and not said.plural[place]:
                yield said.part(place, len(said))

    def _is_reason(self, words: Words) -> bool:
        """Return whether words say only how things are: nothing of this home, no time, nothing that somebody said."""
        if not SHORTEST <= len(words) <= LONGEST:
            return False
        length = self._reasons.at(words, 0)
        rest = words[length[0] if length is not None else 0 :]
        return not any(word in self._untold or word[0].isdigit() for word in rest) and not self._names(rest)

    def _names(self, words: Words) -> bool:
        """Return whether some words name a thing, a place or a direction."""
        lexicon, index = self.lexicon, self.index
        return any(
            index.areas.at(words, place) is not None
            or index.floors.at(words, place) is not None
            or lexicon.kind_nouns.at(words, place) is not None
            or (words[place : place + 1] in lexicon.particles and lexicon.wishes.whole(words) is None)
            for place in range(len(words))
        )

    def _is_known(self, words: Words) -> bool:
        return any(word in self.index.known for word in words)

    def _trimmed(self, said: Said) -> Said:
        start, end = 0, len(said)
        while start < end and said.words[start] == ",":
            start += 1
        while end > start and said.words[end - 1] == ",":
            end -= 1
        return said.part(start, end)
