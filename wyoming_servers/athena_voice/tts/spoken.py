"""What of a text is said aloud: its words, not its mark-up, pictures or control characters."""

import re
import unicodedata
from typing import Final

_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>")
_SILENT: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Me", "Sk"})
"""Control and format characters, lone surrogates, what has no meaning, keycaps, skin tones."""
_FIRST_PICTURE: Final = "\u2190"
"""Symbols before it are said (°, ©); from it on they are arrows, boxes and emoji."""
_VARIATION: Final = "\ufe0f"


def spoken(text: str) -> str:
    """Return the words of a piece with single spaces; empty where there is no word in it."""
    words = " ".join("".join(map(_said, _TAG.sub(" ", text))).split())
    return words if any(map(str.isalnum, words)) else ""


def _said(char: str) -> str:
    if char.isascii():
        return char if char.isprintable() else " "
    category = unicodedata.category(char)
    picture = category == "So" and char >= _FIRST_PICTURE
    return " " if picture or category in _SILENT or char == _VARIATION else char
