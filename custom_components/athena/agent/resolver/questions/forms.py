"""The shapes of questions: `sentences/<language>/words/questions.yaml`, `forms`.

A form is a line of items with spaces between: `a|b` one of these, `a_b` two words, `a?` or none, `{slot}` what is
looked for.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ..language.words import Said
from .conditions import Phrase, Tokenise

SPLIT: Final = "verb_split"
"""A verb of two words around its thing: "turn the lamp off"."""
NUMBER: Final = "number"
"""A number in digits, as all are once they have been read."""

type Held = Mapping[str, tuple[int, ...]]
"""The words in each slot, by their places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One part of a form."""

    phrases: tuple[Phrase, ...] = ()
    slot: str | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One line of questions.yaml."""

    kind: str
    items: tuple[Item, ...]
    first: frozenset[str] | None
    """The words it may begin with; None where that may be any."""
    extra: Mapping[str, Any]
    """What else questions.yaml says of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parse:
    """A question's parts."""

    kind: str
    said: Said
    held: Held
    extra: Mapping[str, Any]

    def phrase(self, slot: str) -> Phrase:
        """Return the words in a slot; empty where there are none."""
        return tuple(self.said.words[place] for place in self.held.get(slot, ()))

    def part(self, slot: str) -> Said:
        """Return what a slot holds."""
        return self.said.pick(self.held.get(slot, ()))

    @property
    def subject(self) -> Said:
        """What it is about: the thing, and the place named after it."""
        return self.said.pick(self.held.get("thing", ()) + self.held.get("place", ()))


class Forms:
    """All forms of a language."""

    def __init__(
        self,
        entries: Sequence[Mapping[str, Any]],
        *,
        lexicon: Mapping[str, Collection[Phrase]],
        placed: Collection[str],
        prepositions: Collection[str],
        tokenise: Tokenise,
    ) -> None:
        """Compile them.

        `lexicon`: the phrases each slot of words may hold. `placed`: the words a place begins with; `prepositions` are
        none by themselves.
        """
        self._lexicon = lexicon
        self._longest = {slot: max((len(phrase) for phrase in phrases), default=0) for slot, phrases in lexicon.items()}
        self._placed = frozenset(placed)
        self._prepositions = frozenset(prepositions)
        self._forms = tuple(_form(entry, line, tokenise) for entry in entries for line in entry["say"])

    def parse(self, said: Said, *, asked: bool, tagged: bool = False) -> Iterator[Parse]:
        """Yield what a question may be, the more likely first.

        `asked`: it was written as one, with its mark; `tagged`: it is a statement, made a question by what followed
        (", isn't it").
        """
        if not said.words:
            return
        for form in self._forms:
            if tagged is not ("tagged" in form.extra) or ("asked" in form.extra and not asked):
                continue
            if form.first is None or said.words[0] in form.first:
                for held in self._match(form.items, said.words, 0, {}):
                    yield Parse(kind=form.kind, said=said, held=held, extra=form.extra)

    def _match(self, items: Sequence[Item], words: Phrase, place: int, held: Held) -> Iterator[Held]:
        if not items:
            if place == len(words):
                yield held
            return
        item, rest = items[0], items[1:]
        if item.slot is None:
            for phrase in item.phrases:
                if words[place : place + len(phrase)] == phrase:
                    yield from self._match(rest, words, place + len(phrase), held)
        elif place < len(words):
            for more, end in self._hold(item.slot, words, place, is_last=not rest):
                yield from self._match(rest, words, end, {**held, **more})
        if item.optional:
            yield from self._match(rest, words, place, held)

    def _hold(self, slot: str, words: Phrase, place: int, *, is_last: bool) -> Iterator[tuple[Held, int]]:
        """Yield what a slot may hold from a place on, and where that ends."""
        total = len(words)
        if slot == SPLIT:
            if total - place > 2 and (words[place], words[-1]) in self._lexicon["verb"]:
                yield {"verb": (place, total - 1), "thing": tuple(range(place + 1, total - 1))}, total
        elif slot == NUMBER:
            if words[place].replace(".", "", 1).isdigit():
                yield {slot: (place,)}, place + 1
        elif slot in self._lexicon:
            phrases = self._lexicon[slot]
            ends = range(min(place + self._longest[slot], total), place, -1)
            yield from (({slot: tuple(range(place, end))}, end) for end in ends if words[place:end] in phrases)
        elif slot != "place" or self._may_begin_place(words, place):
            shortest = 2 if slot == "place" and words[place] in self._prepositions else 1
            ends = range(max(total if is_last else 0, place + shortest), total + 1)
            yield from (({slot: tuple(range(place, end))}, end) for end in ends)

    def _may_begin_place(self, words: Phrase, place: int) -> bool:
        """Return whether a place may begin there: "in the hall", but not "on in the hall"."""
        following = words[place + 1 : place + 2]
        doubled = words[place] in self._prepositions and bool(self._prepositions.intersection(following))
        return words[place] in self._placed and not doubled


def _form(entry: Mapping[str, Any], line: str, tokenise: Tokenise) -> Form:
    items = tuple(_item(item, tokenise) for item in line.split())
    first = items[0]
    begins = frozenset(phrase[0] for phrase in first.phrases) if first.phrases and not first.optional else None
    extra = {key: value for key, value in entry.items() if key not in ("kind", "say")}
    return Form(kind=entry["kind"], items=items, first=begins, extra=extra)


def _item(written: str, tokenise: Tokenise) -> Item:
    optional = written.endswith("?")
    written = written.removesuffix("?")
    if written.startswith("{"):
        return Item(slot=written.strip("{}"), optional=optional)
    phrases = (tokenise(option.replace("_", " ")) for option in written.split("|"))
    return Item(phrases=tuple(phrase for phrase in phrases if phrase), optional=optional)
