"""An utterance as words that can be compared.

How they are written, their plural, and numbers, do not matter any more.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

WORD: Final = re.compile(r"\d+(?:[.,]\d+)?(?:[^\W\d_]{2}\b)?|[^\W\d_]+(?:['’][^\W\d_]+)*|[%°º,&=]|(?<!\w)-(?=\d)")
"""What counts as a word; everything else parts them. "1st" stays whole, "50%" does not."""
NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)?")
SHORTEST_PLURAL: Final = 4
"""Letters: no shorter word loses its plural's ending."""
MOST_WORDS: Final = 60
"""Nobody tells a home more than this at once: the rest is not read, and so not understood."""

type Words = tuple[str, ...]
"""Words as they are compared: small letters, no accents, singular, numbers in digits."""


@dataclass(frozen=True, slots=True)
class Said:
    """An utterance: its words as they are compared and, beside each, whether it was a plural."""

    words: Words
    plural: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.words)

    def part(self, start: int, end: int) -> Said:
        """Return the words from one place to another."""
        return Said(self.words[start:end], self.plural[start:end])

    def before(self, words: Words) -> Said:
        """Return the words with others, all singular, in front of them."""
        return Said((*words, *self.words), (*(False for _ in words), *self.plural))

    def join(self, other: Said) -> Said:
        """Return the words with those of another behind them."""
        return Said((*self.words, *other.words), (*self.plural, *other.plural))

    def pick(self, places: Sequence[int]) -> Said:
        """Return the words at these places."""
        return Said(tuple(self.words[place] for place in places), tuple(self.plural[place] for place in places))

    def without(self, places: frozenset[int] | set[int]) -> Said:
        """Return the words at all other places."""
        return self.pick([place for place in range(len(self.words)) if place not in places])


class Phrases[Meaning]:
    """What phrases mean, found at a place in an utterance."""

    def __init__(self, meanings: Mapping[Words, Meaning]) -> None:
        self.meanings = meanings
        self.longest: dict[str, int] = {}
        for phrase in meanings:
            if phrase:
                self.longest[phrase[0]] = max(len(phrase), self.longest.get(phrase[0], 0))

    def at(self, words: Words, place: int) -> tuple[int, Meaning] | None:
        """Return the length and the meaning of the longest phrase that begins there."""
        for length in range(min(self.longest.get(words[place], 0), len(words) - place), 0, -1):
            if (phrase := words[place : place + length]) in self.meanings:
                return length, self.meanings[phrase]
        return None

    def all_at(self, words: Words, place: int) -> Iterator[tuple[int, Meaning]]:
        """Yield every phrase that begins there, the longest first."""
        for length in range(min(self.longest.get(words[place], 0), len(words) - place), 0, -1):
            if (phrase := words[place : place + length]) in self.meanings:
                yield length, self.meanings[phrase]

    def whole(self, words: Words) -> Meaning | None:
        """Return what exactly these words mean."""
        return self.meanings.get(words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """How a language writes its words."""

    contractions: Mapping[str, str]
    same: Phrases[Words]
    endings: tuple[tuple[str, str], ...]
    singular: Mapping[str, str]
    numbers: Mapping[str, int]
    hundred: frozenset[str]
    hundred_and: frozenset[str]
    point: frozenset[str]
    half: tuple[Words, ...]

    @classmethod
    def of(cls, file: Mapping[str, Any]) -> Speech:
        """Read `words/speech.yaml`."""
        plain = cls(
            contractions={_plain(short): long for short, long in file["contractions"].items()},
            same=Phrases({}),
            endings=tuple((plural, singular) for plural, singular in file["endings"]),
            singular=dict(file["singular"]),
            numbers=dict(file["numbers"]),
            hundred=frozenset(file["hundred"]),
            hundred_and=frozenset(file["hundred_and"]),
            point=frozenset(file["point"]),
            half=tuple(tuple(each.split()) for each in file["half"]),
        )
        same = {
            plain.read(other).words: tuple(str(word).split())
            for word, others in file["same"].items()
            for other in (word, *others)
        }
        return cls(
            contractions=plain.contractions,
            same=Phrases(same),
            endings=plain.endings,
            singular=plain.singular,
            numbers=plain.numbers,
            hundred=plain.hundred,
            hundred_and=plain.hundred_and,
            point=plain.point,
            half=plain.half,
        )

    def read(self, text: str) -> Said:
        """Return an utterance, or a name, as words."""
        words: list[str] = []
        plural: list[bool] = []
        for word in self._spelled(text):
            single = self._singular_of(word)
            words.append(single)
            plural.append(single != word)
        words, plural = self._numbered(words, plural)
        return self._unified(words, plural)

    def _spelled(self, text: str) -> Iterator[str]:
        for count, found in enumerate(WORD.finditer(_plain(text))):
            if count > 2 * MOST_WORDS:
                return
            word = found.group()
            if (long := self.contractions.get(word)) is not None:
                yield from long.split()
            elif word[0].isdigit() and not word[-1].isdigit():
                yield from self._split(word)
            else:
                yield word.replace("'", "")

    def _split(self, word: str) -> Iterator[str]:
        """Part "2700kk" into its number and its unit, unless the language knows it as one word ("1st")."""
        if (word,) in self.same.meanings:
            yield word
            return
        number = NUMBER.match(word)
        assert number is not None
        yield number.group()
        yield word[number.end() :]

    def _singular_of(self, word: str) -> str:
        if word in self.singular:
            return self.singular[word]
        if len(word) < SHORTEST_PLURAL:
            return word
        for ending, replacement in self.endings:
            if word.endswith(ending):
                return word[: len(word) - len(ending)] + replacement
        return word

    def _numbered(self, words: list[str], plural: list[bool]) -> tuple[list[str], list[bool]]:
        """Write numbers in digits: "twenty", "five" is "25"; "twenty point five" is "20.5"."""
        result: list[str] = []
        flags: list[bool] = []
        place = 0
        while place < len(words):
            length, number = self._number_at(words, place)
            result.append(number if length else words[place])
            flags.append(plural[place] if not length else False)
            place += length or 1
        return result, flags

    def _number_at(self, words: list[str], place: int) -> tuple[int, str]:
        """Return how many words from there make a number, and the number; 0 where none does."""
        length, number = self._whole_number_at(words, place)
        for half in self.half:
            if length and tuple(words[place + length : place + length + len(half)]) == half:
                return length + len(half), f"{float(number) + 0.5:g}"
        return length, number

    def _whole_number_at(self, words: list[str], place: int) -> tuple[int, str]:
        start, word = place, words[place]
        if word in self.hundred:
            return 1, "100"
        if (total := self.numbers.get(word)) is None:
            return (1, f"{float(word.replace(',', '.')):g}") if NUMBER.fullmatch(word) else (0, "")
        place += 1
        if place < len(words) and words[place] in self.hundred:
            total, place = total * 100, place + 1
            is_joined = place + 1 < len(words) and words[place] in self.hundred_and and words[place + 1] in self.numbers
            place += 1 if is_joined else 0
        more = self.numbers.get(words[place], 0) if place < len(words) else 0
        if more and total and total % 10 == 0 and (more < 10 or (total >= 100 and more < 100)):
            total, place = total + more, place + 1
        is_parted = place + 1 < len(words) and words[place] in self.point
        if is_parted and (part := self.numbers.get(words[place + 1])) is not None:
            return place + 2 - start, f"{total}.{part}"
        return place - start, str(total)

    def _unified(self, words: list[str], plural: list[bool]) -> Said:
        if not self.same.meanings:
            return Said(tuple(words), tuple(plural))
        before, result, flags, place = tuple(words), list[str](), list[bool](), 0
        while place < len(before):
            if (found := self.same.at(before, place)) is None:
                result.append(before[place])
                flags.append(plural[place])
                place += 1
                continue
            length, after = found
            result += after
            flags += [plural[place + length - 1]] * len(after)
            place += length
        return Said(tuple(result), tuple(flags))


def _plain(text: str) -> str:
    """Return a text in small letters without accents."""
    folded = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(letter for letter in folded if not unicodedata.combining(letter))
