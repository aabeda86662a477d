"""The words said against what would be done: who says "close" wants nothing opened. No Home Assistant."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from ...deed import Deed
from ..home import Home, State, States
from .poles import AGAINST, FOR, IS_SO, pole_of

_TOKEN: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[,.;:!?]")
_NAME: Final = "\0"
"""Stands where something is called by a name: "Turn Off Button"."""

type Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of one language that say which way something is meant."""

    poles: Mapping[Phrase, frozenset[str]]
    """What each word or phrase says."""
    never: frozenset[Phrase]
    stays: frozenset[Phrase]
    blurs: frozenset[Phrase]
    apart: frozenset[str]
    fillers: frozenset[str]
    cooling: frozenset[Phrase]
    everything: frozenset[Phrase]
    leaves_out: frozenset[Phrase]
    asks: frozenset[Phrase]
    wishes: frozenset[Phrase]

    @classmethod
    def of(cls, lexicon: Mapping[str, Any]) -> Words:
        """Return what a language's polarity.yaml says; raise KeyError where it lacks a part."""
        poles: dict[Phrase, frozenset[str]] = {}
        for pole, words in lexicon["words"].items():
            for word in words:
                poles[_tokens(word)] = poles.get(_tokens(word), frozenset()) | {str(pole)}
        return cls(
            poles=poles,
            never=frozenset(map(_tokens, lexicon["never"])),
            stays=frozenset(map(_tokens, lexicon["stays"])),
            blurs=frozenset(map(_tokens, lexicon["blurs"])),
            apart=frozenset(lexicon["apart"]),
            fillers=frozenset(lexicon["fillers"]),
            cooling=frozenset(map(_tokens, lexicon["cooling"])),
            everything=frozenset(map(_tokens, lexicon["everything"])),
            leaves_out=frozenset(map(_tokens, lexicon["leaves_out"])),
            asks=frozenset(map(_tokens, lexicon["asks"])),
            wishes=frozenset(map(_tokens, lexicon["wishes"])),
        )

    def is_question(self, text: str) -> bool:
        """Return whether somebody asks what, who or how: no deed answers that."""
        tokens = _tokens(text)
        while tokens and (tokens[0] in self.fillers or not tokens[0][0].isalnum()):
            tokens = tokens[1:]
        return _begins(tokens, self.asks) and not _begins(tokens, self.wishes)


@dataclass(slots=True)
class _Clause:
    """One of the things that are asked in a breath."""

    tokens: list[str] = field(default_factory=list)
    says: set[str] = field(default_factory=set)
    is_never: bool = False
    stays: bool = False
    is_blurred: bool = False


class Polarity:
    """Tells whether words and deeds contradict each other, in one home."""

    def __init__(self, words: Words, home: Home) -> None:
        """Take the words, and the names of the home that have such words in them."""
        self._words = words
        self._home = home
        called = [thing.names for things in (home.entities, home.areas, home.floors) for thing in things.values()]
        names = {_tokens(name) for names in called for name in names}
        self._names = frozenset(name for name in names if len(name) > 1 and self._says_something(name))
        phrases = (*words.poles, *words.never, *words.blurs, *self._names)
        self._longest = max(map(len, phrases), default=1)

    def contradiction(self, text: str, deeds: Sequence[Deed], states: States) -> str | None:
        """Return what in the words is against one of the deeds, for the log; None where nothing is.

        Only where no word speaks for the deed: "turn off the lamp and open the blinds" says both.
        """
        clauses = list(self._clauses(text))
        heard = [clause for clause in clauses if not clause.is_never]
        says = frozenset[str]().union(*(clause.says for clause in heard))
        opposes = frozenset[str]().union(*(clause.says for clause in heard if not clause.is_blurred))
        forbidden = [clause for clause in clauses if clause.is_never]
        if forbidden and not says:
            return "it was said not to be done" if deeds else None
        for deed in deeds:
            if forbidden and self._is_named_in(deed, forbidden, heard):
                return f"it was said not to be done: {deed.domain}.{deed.action}"
            if (against := self._against(text, deed, says, opposes, states)) is not None:
                return against
        return None

    def is_kept(self, text: str, deeds: Sequence[Deed], states: States) -> bool:
        """Return whether something was said to stay as it is ("keep the light on"), and it is so already."""
        clauses = [clause for clause in self._clauses(text) if clause.tokens]
        if not deeds or not any(clause.stays for clause in clauses):
            return False
        others = [clause for clause in clauses if not clause.stays]
        for deed in deeds:
            if others and not self._is_named_in(deed, [clause for clause in clauses if clause.stays], others):
                return False
            if not all(_is_so(deed, entity, states(entity)) for entity in deed.entities):
                return False
        return True

    def says_which_way(self, text: str) -> bool:
        """Return whether a text says anything that could be done, or be so."""
        return any(clause.says for clause in self._clauses(text))

    def says_everything(self, text: str) -> bool:
        """Return whether somebody means all there is."""
        return _contains(_tokens(text), self._words.everything)

    def leaves_out(self, text: str) -> bool:
        """Return whether somebody means all but something."""
        return _contains(_tokens(text), self._words.leaves_out)

    def _against(
        self, text: str, deed: Deed, says: frozenset[str], opposes: frozenset[str], states: States
    ) -> str | None:
        is_measured = any(character.isdigit() for character in text)
        if "mute" in says and not is_measured and _is_volume_0(deed):
            return "mute: volume_set to 0"
        if deed.domain == "climate" and _contains(_tokens(text), self._words.cooling):
            is_measured = True  # up and down may mean either
        for entity in deed.entities:
            pole = pole_of(deed, entity, states(entity), is_measured=is_measured)
            if pole is None or says & FOR[pole]:
                continue
            if wrong := opposes & AGAINST[pole]:
                return f"{', '.join(sorted(wrong))}: {deed.domain}.{deed.action} {entity}"
        return None

    def _clauses(self, text: str) -> Iterator[_Clause]:
        clause = _Clause()
        begun = False
        for phrase in self._phrases(_tokens(text)):
            if len(phrase) == 1 and (phrase[0] in self._words.apart or not phrase[0][0].isalnum()):
                yield clause
                clause, begun = _Clause(), False
                continue
            clause.tokens.extend(phrase)
            if phrase in self._words.never and not begun:
                clause.is_never = True
            elif phrase in self._words.stays and not begun:
                clause.stays = True
            elif phrase in self._words.blurs:
                clause.is_blurred = True
            clause.says |= self._words.poles.get(phrase, frozenset()) - {"neutral"}
            begun = begun or not (len(phrase) == 1 and phrase[0] in self._words.fillers)
        yield clause

    def _phrases(self, tokens: Phrase) -> Iterator[Phrase]:
        """Yield the longest phrases there are, one after the other; a name hides what stands in it."""
        at = 0
        while at < len(tokens):
            for length in range(min(self._longest, len(tokens) - at), 0, -1):
                phrase = tokens[at : at + length]
                if length == 1 or phrase in self._names or self._is_phrase(phrase):
                    break
            yield (_NAME, *phrase) if phrase in self._names else phrase
            at += length

    def _is_phrase(self, phrase: Phrase) -> bool:
        return phrase in self._words.poles or phrase in self._words.never or phrase in self._words.blurs

    def _says_something(self, name: Phrase) -> bool:
        known = self._words.poles.keys() | self._words.never | self._words.blurs
        return any((token,) in known for token in name) or any(token in self._words.apart for token in name)

    def _is_named_in(self, deed: Deed, forbidden: Iterable[_Clause], heard: Iterable[_Clause]) -> bool:
        names = {
            _tokens(name)
            for entity in deed.entities
            if entity in self._home.entities
            for name in self._home.entities[entity].names
        }
        is_in = [any(_contains(tuple(clause.tokens), names) for clause in clauses) for clauses in (forbidden, heard)]
        return is_in[0] and not is_in[1]


def _tokens(text: str) -> Phrase:
    return tuple(_TOKEN.findall(text.casefold().replace("’", "'")))


def _begins(tokens: Phrase, phrases: Iterable[Phrase]) -> bool:
    return any(tokens[: len(phrase)] == phrase for phrase in phrases)


def _contains(tokens: Phrase, phrases: Iterable[Phrase]) -> bool:
    spaced = f" {' '.join(tokens)} "
    return any(f" {' '.join(phrase)} " in spaced for phrase in phrases)


def _is_so(deed: Deed, entity: str, state: State | None) -> bool:
    pole = pole_of(deed, entity, state, is_measured=False)
    return pole is not None and not deed.data and state is not None and state.state in IS_SO.get(pole, frozenset())


def _is_volume_0(deed: Deed) -> bool:
    return deed.action == "volume_set" and deed.data.get("volume_level") in (0, 0.0)
