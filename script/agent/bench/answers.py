"""When an answer is the expected one: by what it says, whatever its words.

A yes-or-no question wants its yes or no, or the state that decides it; names that it adds must be right. "Which"
wants the names of all that match (of more than four, three and how many more, as Home Assistant says it, will do) and
of nothing else that was asked about; "how many" the number and no other; a value its number or its word.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from homeassistant.util import dt as dt_util

NUMBERS: Final = {
    word: number
    for number, word in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    )
} | {"no": 0, "none": 0, "nothing": 0, "nobody": 0, "both": 2}
YES: Final = frozenset({"yes", "yeah", "yep"})
NO: Final = frozenset({"no", "nope", "none", "nobody", "nothing"})
NEGATED: Final = frozenset({"no", "not", "none", "nobody", "nothing", "isn't", "aren't"})
UNITS: Final = {"hour": 3600, "minute": 60, "second": 1}


def plain(text: str) -> str:
    """Return its words in lower case with one space between them."""
    return " ".join(words(text))


def words(text: str) -> list[str]:
    """Return its words in lower case."""
    return re.findall(r"[a-z0-9.]*[a-z0-9](?:'[a-z]+)?", text.casefold().replace("’", "'"))


def numbers(text: str) -> list[float]:
    """Return all numbers, in digits or in words."""
    found: list[float] = []
    for word in words(text):
        if re.fullmatch(r"\d+(\.\d+)?", word):
            found.append(float(word))
        elif word in NUMBERS:
            found.append(NUMBERS[word])
    return found


def names_in(speech: str, names: Iterable[str]) -> set[str]:
    """Return the names that are said; a name inside a longer one that is said, too, does not count for itself."""
    left = f" {plain(speech)} "
    found = set()
    for name in sorted(set(names), key=len, reverse=True):
        if f" {plain(name)} " in left:
            found.add(name)
            left = left.replace(f" {plain(name)} ", "  ")
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class YesOrNo:
    """Whether it is so."""

    is_so: bool
    matched: tuple[str, ...] = ()
    """The names of what is so; those of the rest must not be said to be."""
    others: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    """Words that decide the question without a yes or no: "The lamp is off." """

    def is_said(self, speech: str) -> bool:
        """Return whether it is said."""
        said = words(speech)
        if not said:
            return False
        if said[0] in YES:
            return self.is_so and (
                not self.others or not names_in(speech, (*self.matched, *self.others)) & set(self.others)
            )
        if said[0] in NO:
            return not self.is_so
        return any(f" {plain(state)} " in f" {plain(speech)} " for state in self.states) and not set(said) & NEGATED


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Which of several."""

    matched: tuple[str, ...]
    others: tuple[str, ...] = ()

    def is_said(self, speech: str) -> bool:
        """Return whether it is said."""
        said = names_in(speech, (*self.matched, *self.others))
        if said & (set(self.others) - set(self.matched)):
            return False
        if not self.matched:
            return bool(set(words(speech)) & NEGATED)
        missing = len(set(self.matched)) - len(said)
        return missing == 0 or (len(said) >= 3 and missing in numbers(speech))


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many."""

    number: int

    def is_said(self, speech: str) -> bool:
        """Return whether it is said."""
        return set(numbers(speech)) == {self.number}


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A number, or one of some words."""

    number: float | None = None
    words: tuple[str, ...] = ()
    """Beginnings of words or whole phrases, one of which must be said."""

    def is_said(self, speech: str) -> bool:
        """Return whether it is said."""
        if self.number is not None and not any(abs(number - self.number) < 0.06 for number in numbers(speech)):
            return False
        return not self.words or any(f" {plain(each)}" in f" {plain(speech)}" for each in self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Any answer that is about the right thing: by a yes or no, or by its name."""

    names: tuple[str, ...]

    def is_said(self, speech: str) -> bool:
        """Return whether it is said."""
        said = words(speech)
        return bool(said) and (said[0] in YES | NO or bool(names_in(speech, self.names)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """These words."""

    text: str

    def is_said(self, speech: str) -> bool:
        """Return whether they are said."""
        return plain(speech) == plain(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """How much time is left, in seconds, give or take what an answer may round away."""

    seconds: int

    def is_said(self, speech: str) -> bool:
        """Return whether it is said."""
        found = re.findall(r"([\d.]+|[a-z]+) (hour|minute|second)", plain(speech))
        if not found:
            return False
        said = sum((numbers(number) or [1])[0] * UNITS[unit] for number, unit in found)
        return abs(said - self.seconds) <= max(30, self.seconds * 0.1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """The date, or the time, as it is when the answer is judged."""

    time: bool

    def is_said(self, speech: str) -> bool:
        """Return whether it is said; a minute may have passed."""
        now = dt_util.now()
        if not self.time:
            return now.strftime("%B").casefold() in speech.casefold() and now.day in _ordinals(speech)
        match = re.search(r"(\d{1,2}):(\d{2})", speech)
        if match is None:
            return False
        said = int(match[1]) % 12 * 60 + int(match[2])
        return (now.hour % 12 * 60 + now.minute - said) % 720 <= 1


def _ordinals(text: str) -> set[int]:
    return {int(number) for number in re.findall(r"(\d{1,2})(?:st|nd|rd|th)?\b", text)}
