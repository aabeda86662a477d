"""Text in the pieces that are spoken one by one: sentences, and parts of very long ones."""

import re
from typing import Final

_END: Final = re.compile(r"[.!?…]+[\"')\]”’]*\s+(?=[\"'(\[“‘]?[A-Z0-9])|\n+")
_LONGEST: Final = 400
"""Characters; about half a minute of speech."""


class Clauses:
    """Gives out each sentence as soon as the text that follows shows that it is one."""

    def __init__(self) -> None:
        self._text = ""

    def add(self, text: str) -> list[str]:
        """Return the sentences that are complete now."""
        self._text += text
        *whole, self._text = _split(self._text)
        return whole

    def finish(self) -> list[str]:
        """Return what is left; the text is over."""
        rest, self._text = self._text.strip(), ""
        return [rest] if rest else []


def _split(text: str) -> list[str]:
    """Return the sentences of a text, and last what may go on."""
    pieces = []
    start = 0
    for match in _END.finditer(text):
        pieces += _parts(text[start : match.end()].strip())
        start = match.end()
    *parts, rest = _parts(text[start:]) or [""]
    return [*pieces, *parts, rest]


def _parts(text: str) -> list[str]:
    """Cut what is too long to be spoken in one piece, at a space if there is one."""
    parts = []
    while len(text) > _LONGEST:
        cut = text.rfind(" ", 1, _LONGEST)
        cut = _LONGEST if cut < 0 else cut
        parts.append(text[:cut].strip())
        text = text[cut:]
    return [*parts, text] if text else parts
