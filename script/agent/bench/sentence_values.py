"""The value that a sentence names: a small reader of its own, so that what is measured does not measure itself."""

import re
from dataclasses import dataclass
from typing import Final

WORDS: Final = {"half": 50.0, "halfway": 50.0, "full": 100.0, "fully": 100.0, "max": 100.0, "maximum": 100.0}
UP: Final = frozenset({"brighter", "brighten", "louder", "warmer", "hotter", "up", "raise", "increase"})
DOWN: Final = frozenset(
    {"dimmer", "dim", "quieter", "softer", "cooler", "colder", "down", "lower", "decrease", "reduce"}
)
SCALE_OF_TEN: Final = 10
"""A bare number up to here may be one of ten, or per cent: the sentence alone does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What a sentence says of a value: a number, or a direction."""

    number: float | None = None
    sign: int = 0


def value_in(sentence: str, names: tuple[str, ...], *, may_be_of_ten: bool = False) -> Named | None:
    """Return what it says; None where it says nothing, or nothing clear. `names`: what may hold a number of its own."""
    text = sentence.casefold()
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name.casefold(), " ")
    found = re.findall(r"(-?\d+(?:\.\d+)?)\s*(%|percent)?", text)
    if len(found) > 1:
        return None
    if found:
        number, percent = float(found[0][0]), bool(found[0][1])
        return None if may_be_of_ten and not percent and number <= SCALE_OF_TEN else Named(number=number)
    words = re.findall(r"[a-z]+", text)
    for word in words:
        if word in WORDS:
            return Named(number=WORDS[word])
    signs = {1 for word in words if word in UP} | {-1 for word in words if word in DOWN}
    return Named(sign=signs.pop()) if len(signs) == 1 else None
