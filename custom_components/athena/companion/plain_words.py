"""What somebody else has written, as a few plain words that can be said."""

import re
import unicodedata
from html import unescape
from typing import Final

LONGEST: Final = 60
"""Letters: about four seconds."""

LONGEST_READ: Final = 2000
"""Letters that are looked at: a title may be a whole invitation."""

TIMES_ESCAPED: Final = 3
"""Some calendars write `&amp;amp;` for `&`."""

MARKUP: Final = (
    (re.compile(r"<(script|style)\b[^>]*>.*?(</\1\s*>|$)", re.IGNORECASE | re.DOTALL), " "),
    (re.compile(r"</?[a-z!?][^<>]*>", re.IGNORECASE), " "),
    (re.compile(r"!?\[([^\][]*)\]\([^)\s]*\)"), r"\1"),
    (re.compile(r"\b[a-z][a-z0-9+.-]*://\S+|\bwww\.\S+|\bmailto:\S+", re.IGNORECASE), " "),
)
"""Tags, links and addresses, with what takes their place."""

SAID: Final = frozenset("'’-.,:+%?!/°€$£")
"""The signs that a voice reads as they are meant."""

SELECTORS: Final = range(0xFE00, 0xFE10)
"""Marks that only choose how a sign looks, an emoji above all."""


def plain_words(text: str) -> str:
    """Return a title without markup, addresses and pictures, cut short between words; empty where nothing is left."""
    text = text[:LONGEST_READ]
    for _ in range(TIMES_ESCAPED):
        text = unescape(text)
    for pattern, instead in MARKUP:
        text = pattern.sub(instead, text)
    text = unicodedata.normalize("NFC", text).replace("&", " and ")
    words = "".join(letter if _is_said(letter) else " " for letter in text).split()
    return _short([word for word in words if any(map(str.isalnum, word))])


def _is_said(letter: str) -> bool:
    kind = unicodedata.category(letter)
    is_mark = kind in {"Mn", "Mc"} and ord(letter) not in SELECTORS
    return kind[0] in "LN" or is_mark or letter in SAID


def _short(words: list[str]) -> str:
    """Join as many words as fit; the first one in part, where it alone is too long."""
    line = ""
    for word in words:
        if len(line) + len(word) + 1 > LONGEST:
            break
        line = f"{line} {word}".strip()
    return (line or " ".join(words)[:LONGEST]).rstrip("-.,:+/?!")
