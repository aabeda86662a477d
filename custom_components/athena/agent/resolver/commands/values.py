"""Values in an utterance: "to 50 percent", "half", "light blue", "22 degrees", "a bit"."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from ..acts.meanings import Value
from ..language.vocabulary import Lexicon
from ..language.words import NUMBER, Words

HOURS: Final = 24
LONGEST_COLOR: Final = 3
"""Words: "light golden rod"."""


@dataclass(frozen=True, slots=True)
class Found:
    """A value and the places of its words."""

    value: Value
    start: int
    end: int
    sure: bool
    """It can hardly be a part of a name."""


def values_in(lexicon: Lexicon, words: Words) -> list[Found]:
    """Return what may be values, those that begin first before the others."""
    return [found for place in range(len(words)) for found in _values_at(lexicon, words, place)]


def _values_at(lexicon: Lexicon, words: Words, place: int) -> Iterator[Found]:
    start, by, to, loosely, at = place, False, False, False, False
    if (marked := lexicon.by.at(words, place)) is not None:
        place, by = place + marked[0], True
    elif (marked := lexicon.to.at(words, place)) is not None:
        place, to = place + marked[0], True
    elif (marked := lexicon.at.at(words, place)) is not None:
        place, at = place + marked[0], True
    elif (marked := lexicon.as_.at(words, place)) is not None:
        place, to, loosely = place + marked[0], True, True
    if place >= len(words):
        return
    for value, length in _plain_values(lexicon, words, place, by=by, to=to or at):
        is_bare = value.number is not None and value.unit is None and value.speed is None
        if loosely and is_bare:
            continue
        sure = by or to or at or value.unit is not None or value.color is not None
        may_be_hour = at and is_bare and (value.number or 0) <= HOURS
        yield Found(replace(value, to=False) if may_be_hour else value, start, place + length, sure)


def _plain_values(lexicon: Lexicon, words: Words, place: int, *, by: bool, to: bool) -> Iterator[tuple[Value, int]]:
    if (number := _number(lexicon, words, place, by=by, to=to)) is not None:
        yield number
    elif (white := lexicon.whites.at(words, place)) is not None and (to or white[0] > 1):
        yield Value(number=white[1], unit="kelvin", to=to), white[0]
    share, speed = lexicon.shares.at(words, place), lexicon.speeds.at(words, place)
    if share is not None or speed is not None:
        length = max(share[0] if share else 0, speed[0] if speed else 0)
        percent = share[1] if share is not None and share[0] == length else None
        fast = speed[1] if speed is not None and speed[0] == length else None
        unit = "percent" if percent is not None else None
        yield Value(number=percent, unit=unit, speed=fast, by=by, to=to), length
    for length in range(min(LONGEST_COLOR, len(words) - place), 0, -1):
        if (color := lexicon.colors.get("".join(words[place : place + length]))) is not None:
            yield Value(color=color, to=to), length


def _number(lexicon: Lexicon, words: Words, place: int, *, by: bool, to: bool) -> tuple[Value, int] | None:
    after = place + 1
    if words[place] in lexicon.ones and after < len(words) and lexicon.units.at(words, after) is not None:
        number = 1.0
    elif NUMBER.fullmatch(words[place]) is None:
        return None
    else:
        number = float(words[place])
    unit = lexicon.units.at(words, after) if after < len(words) else None
    if unit is None:
        return Value(number=number, by=by, to=to), 1
    return Value(number=number, unit=unit[1], by=by, to=to), 1 + unit[0]
