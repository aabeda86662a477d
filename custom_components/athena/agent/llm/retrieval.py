"""Which entities an utterance may be about: the twenty likeliest, found by words, without a model."""

import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from heapq import nsmallest
from itertools import pairwise
from typing import Final

from ..home import Entity, Home
from .verbs import DOMAINS
from .words import Words

LIMIT: Final = 20

NAME: Final = 3.0
AREA: Final = 3.0
FLOOR: Final = 2.5
KIND: Final = 3.0
NARROW: Final = 0.7
"""What a word is worth by where it stands, before how rare it is."""

WISH: Final = 4.0
WHOLE_NAME: Final = 6.0
ASKED_BEFORE: Final = 3.0
HERE: Final = 4.0
CAN_ACT: Final = 0.4
ALIKE: Final = 0.7
"""Of a word that is nearly another one."""

MEANT: Final = 0.6
"""Of a word that stands for another one."""

ASKED: Final = 1.2
"""What a question speaks for what tells something."""

ONE_MORE: Final = 0.98
"""What another one of a kind or an area is worth beside the one before: thirty alike leave room for what is not."""

SIDELINE: Final = 0.5
"""What an area's name speaks for what its devices tell of themselves: who names a room seldom means a battery in it."""

OF_THEMSELVES: Final = frozenset(
    {"battery", "current", "energy", "illuminance", "power", "signal_strength", "timestamp", "voltage"}
)
"""Device classes of sensors."""

POOL: Final = 100
"""How many of the best are looked at one by one."""

OF_THE_ROOM: Final = 4
"""How many of the speaker's own room are shown though nothing was said of them, where no place was named."""

BEFORE_THE_ROOM: Final = 8
"""How many come before these."""

SHORTEST_MISHEARD: Final = 5
"""Letters of a word that may be another one with a letter wrong: "grip" is no "drip"."""

LONGEST_PHRASE: Final = 4
MOST_WORDS: Final = 60
"""Of an utterance: what follows is not looked at."""

WORD: Final = re.compile(r"[^\W_]+")


def words_in(text: str) -> list[str]:
    """Return the words of a text without their endings, so that "lights" is "light"."""
    return [_stem(word) for word in WORD.findall(text.casefold().replace("'s", "").replace("\u2019s", ""))]


def _stem(word: str) -> str:
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "ies")):
        word = word[:-1]
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 5 and word.endswith(("ing", "ed")):
        word = word.removesuffix("ing").removesuffix("ed")
        return word[:-1] if word[-1] == word[-2] and word[-1] not in "sl" else word
    if len(word) > 4 and word.endswith("e"):
        return word[:-1]
    return word


class Retrieval:
    """An index of one home: built when it changes, asked at every turn."""

    def __init__(self, home: Home, words: Words) -> None:
        self._entities = tuple(home.entities.values())
        self._by_area: dict[str | None, list[int]] = {}
        self._names: list[tuple[frozenset[str], ...]] = []
        self._posts: dict[str, dict[int, float]] = {}
        self._of_kind: dict[str, list[int]] = {}
        places = [area.names for area in home.areas.values()] + [floor.names for floor in home.floors.values()]
        self._places = frozenset(word for names in places for name in names for word in words_in(name))
        for number, one in enumerate(self._entities):
            self._by_area.setdefault(one.area, []).append(number)
            self._names.append(tuple(frozenset(words_in(name)) for name in one.names))
            for word, worth in _worth(home, one, words):
                post = self._posts.setdefault(word, {})
                post[number] = max(worth, post.get(number, 0.0))
            for kind in {one.domain, f"{one.domain}.{one.device_class}"}:
                self._of_kind.setdefault(kind, []).append(number)
        self._rare = {word: math.log(1 + len(self._entities) / len(post)) for word, post in self._posts.items()}
        self._alike = _without_a_letter(self._posts)
        self._idle = frozenset(stem for word in words.idle for stem in words_in(word))
        self._means = _meanings(words.alike)
        self._questions = words.questions
        self._wishes = {tuple(words_in(said)): kinds for said, kinds in words.wishes.items()}

    def find(
        self, text: str, *, area: str | None = None, about: Collection[str] = (), limit: int = LIMIT
    ) -> tuple[Entity, ...]:
        """Return the likeliest first; what nothing speaks for comes last, from the speaker's own room.

        `area`: the id of the one the speaker is in. `about`: the entities spoken of before.
        """
        said = words_in(text)[:MOST_WORDS]
        scores = dict[int, float]()
        known = self._known(said)
        for word, share in known.items():
            rare = self._rare[word] * share
            for number, worth in self._posts[word].items():
                scores[number] = scores.get(number, 0.0) + rare * worth
        for kind in self._wished(said):
            members = self._of_kind[kind]
            worth = WISH * math.log(1 + len(self._entities) / len(members)) / math.log(1 + len(self._entities))
            for number in members:
                scores[number] = scores.get(number, 0.0) + worth
        named = frozenset({*said, *(word for word, share in known.items() if share >= ALIKE)})
        first = WORD.search(text.casefold())
        self._weigh(scores, named, area, is_question=first is not None and first.group() in self._questions)
        for number, one in enumerate(self._entities):
            if one.id in about:
                scores[number] = scores.get(number, 0.0) + ASKED_BEFORE
        is_here = self._places.isdisjoint(named)
        chosen = self._chosen(scores, limit, self._by_area.get(area, ()) if area is not None and is_here else ())
        return tuple(self._entities[number] for number in chosen)

    def _weigh(self, scores: dict[int, float], said: frozenset[str], area: str | None, *, is_question: bool) -> None:
        """Add what is not in the words: the whole name, the room, what can do anything, what can tell anything."""
        is_here = self._places.isdisjoint(said)
        for number in scores:
            one = self._entities[number]
            scores[number] += WHOLE_NAME * max(
                (len(name & said) / len(name) for name in self._names[number] if name), default=0
            )
            can_act = one.domain in DOMAINS
            scores[number] += HERE * (is_here and one.area == area)
            scores[number] += CAN_ACT * can_act + ASKED * (is_question and not can_act)
        for number in self._by_area.get(area, ()) if area is not None else ():
            scores.setdefault(number, CAN_ACT * (self._entities[number].domain in DOMAINS))

    def _chosen(self, scores: Mapping[int, float], limit: int, room: Collection[int]) -> list[int]:
        """Return the best, the best first: of what is alike not all, and some of the room that can do anything."""
        pool = nsmallest(POOL, scores, key=lambda number: (-scores[number], number))
        kinds, areas = dict[tuple[str, str | None], float](), dict[str | None, float]()
        chosen: list[int] = []
        while pool and len(chosen) < limit:
            best = max(pool, key=lambda number: scores[number] * self._share(number, kinds, areas))
            pool.remove(best)
            chosen.append(best)
            one = self._entities[best]
            kinds[one.domain, one.device_class] = ONE_MORE * kinds.get((one.domain, one.device_class), 1.0)
            areas[one.area] = ONE_MORE * areas.get(one.area, 1.0)
        own = [number for number in room if self._entities[number].domain in DOMAINS]
        missed = sorted(set(own) - set(chosen), key=lambda number: (-scores[number], number))
        missing = missed[: max(0, OF_THE_ROOM - (len(own) - len(missed)))]
        kept = chosen[: limit - len(missing)]
        return [*kept[:BEFORE_THE_ROOM], *missing, *kept[BEFORE_THE_ROOM:]]

    def _share(
        self, number: int, kinds: Mapping[tuple[str, str | None], float], areas: Mapping[str | None, float]
    ) -> float:
        one = self._entities[number]
        return kinds.get((one.domain, one.device_class), 1.0) * areas.get(one.area, 1.0)

    def _known(self, said: list[str]) -> dict[str, float]:
        """Return the words of the home that were said or meant, each once, with how surely."""
        known: dict[str, float] = {}
        joined = [f"{one}{other}" for one, other in pairwise(said) if not {one, other} <= self._posts.keys()]
        for word in (*said, *joined):
            if word in self._idle:
                continue
            if word in self._posts:
                known[word] = 1.0
            elif len(word) >= SHORTEST_MISHEARD:
                for other in self._near(word):
                    known.setdefault(other, ALIKE)
        for phrase in _phrases(said):
            for word in self._means.get(phrase, ()):
                if word in self._posts:
                    known.setdefault(word, MEANT)
        return known

    def _near(self, word: str) -> Iterator[str]:
        """Yield the home's words that differ from one by a letter more, less or another."""
        for shorter in (word, *_shortened(word)):
            yield from self._alike.get(shorter, ())

    def _wished(self, said: list[str]) -> set[str]:
        """Return the kinds that the home has and somebody may mean."""
        kinds = {kind for phrase in _phrases(said) for kind in self._wishes.get(phrase, ())}
        return kinds & self._of_kind.keys()


def _phrases(said: list[str]) -> Iterator[tuple[str, ...]]:
    for length in range(1, LONGEST_PHRASE + 1):
        yield from (tuple(said[start : start + length]) for start in range(len(said) - length + 1))


def _meanings(alike: Iterable[Iterable[str]]) -> Mapping[tuple[str, ...], frozenset[str]]:
    """Return what else each word or phrase may mean, in single words."""
    found: dict[tuple[str, ...], set[str]] = {}
    for group in alike:
        phrases = [tuple(words_in(said)) for said in group]
        for phrase in phrases:
            found.setdefault(phrase, set()).update(word for other in phrases if other != phrase for word in other)
    return {phrase: frozenset(words) for phrase, words in found.items()}


def _worth(home: Home, one: Entity, words: Words) -> Iterator[tuple[str, float]]:
    for name in one.names:
        for word in words_in(name):
            yield word, NAME
    area = home.areas.get(one.area) if one.area is not None else None
    here = AREA * (SIDELINE if one.domain == "sensor" and one.device_class in OF_THEMSELVES else 1)
    for name in area.names if area is not None else ():
        found = words_in(name)
        yield from ((word, here) for word in found)
        yield "".join(found), here
    floor = home.floors.get(area.floor) if area is not None and area.floor is not None else None
    for name in floor.names if floor is not None else ():
        yield from ((word, FLOOR) for word in words_in(name))
    yield from ((word, KIND) for word in words_in(f"{one.domain} {one.device_class or ''}".replace("_", " ")))
    for kind in words.kinds:
        if kind.has(one.domain, one.device_class):
            for said in (*kind.say, kind.plural):
                yield from ((word, NARROW if kind.is_narrow else KIND) for word in words_in(said))


def _shortened(word: str) -> Iterator[str]:
    yield from (word[:at] + word[at + 1 :] for at in range(len(word)))


def _without_a_letter(words: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Return every word of the home by itself and by all it is without one letter."""
    found: dict[str, list[str]] = {}
    for word in words:
        if len(word) >= SHORTEST_MISHEARD:
            for key in {word, *_shortened(word)}:
                found.setdefault(key, []).append(word)
    return {key: tuple(ones) for key, ones in found.items()}
