"""What the model says, as it comes: sentence by sentence, and none that claims a deed."""

import re
from typing import Final

from .words import Words

MOST: Final = 400
"""Characters of one answer: what follows is not said."""

END: Final = re.compile(r"[.!?…]+(?=\s)")
SAYS: Final = re.compile(r"\w")


class Speech:
    """One answer in words."""

    def __init__(self, words: Words, asked: str) -> None:
        first = re.match(r"\w+", asked.strip().casefold())
        is_answer = first is not None and first.group() in words.questions
        self._claims = words.claims if is_answer else (*words.claims, *words.states)
        self._rest = ""
        self._length = 0
        self.claimed = False
        """Whether it said that something has been done: nothing has, and from there on nothing of it is said."""

    @property
    def is_full(self) -> bool:
        """Return whether it has said as much as it may."""
        return self._length >= MOST

    def feed(self, text: str) -> list[str]:
        """Return the sentences that are complete now."""
        self._rest += text
        said = []
        while (end := END.search(self._rest)) is not None:
            sentence, self._rest = self._rest[: end.end()], self._rest[end.end() :]
            said += self._let(sentence)
        if len(self._rest) > MOST:  # a sentence that does not end
            said += self.close()
        return said

    def close(self) -> list[str]:
        """Return what is left."""
        rest, self._rest = self._rest, ""
        return self._let(rest)

    def _let(self, sentence: str) -> list[str]:
        sentence = " ".join(sentence.split())
        if self.is_full or self.claimed or not SAYS.search(sentence):
            return []
        if any(claim.search(sentence) for claim in self._claims):
            self.claimed = True
            return []
        self._length += len(sentence)
        return [sentence[:MOST]]
