"""What a large home has of which there is little: the kiln, the sauna, a list. The model is told of it always."""

from collections import Counter
from typing import Final

from ..home import Entity, Home
from .prompt import FULL, map_of, tokens_in
from .words import Words

FEW: Final = 6
"""Of a kind, up to which each of them is remarkable."""

PLAIN: Final = frozenset({"binary_sensor", "device_tracker", "event", "sensor", "update"})
"""What only tells: of these there is always one more, so they come last, and only by a word that nothing else has."""

ALONE: Final = 2
"""How many may have a word for it to be one of a thing's own where that only tells: itself and what it is part of."""

MOST: Final = 1150
"""Tokens, as the prompt reckons them, of the map and these together."""


def landmarks_of(home: Home, words: Words) -> tuple[Entity, ...]:
    """Return the remarkable entities of a home whose map cannot name all, by id: as many as the tokens allow.

    An ordinary thing is called by its area and its kind ("Kitchen Lamp"); a remarkable one by a word that stands for
    nothing else ("Kiln"), which nobody who means it need say.
    """
    if len(home.entities) <= FULL:
        return ()
    often = Counter(word for one in home.entities.values() for word in _words(one))
    ordinary = {word for kind in words.kinds for said in (*kind.say, kind.plural) for word in said.casefold().split()}
    ordinary |= {word for area in home.areas.values() for name in area.names for word in name.casefold().split()}
    kinds = Counter(one.domain for one in home.entities.values())
    rated = []
    for one in home.entities.values():
        own = min((often[word] for word in _words(one) if word not in ordinary), default=FEW + 1)
        is_plain = one.domain in PLAIN
        if own <= (ALONE if is_plain else FEW) or (not is_plain and kinds[one.domain] <= FEW):
            rated.append((is_plain, kinds[one.domain] > FEW, min(own, FEW), one.id))
    chosen, left = [], MOST - tokens_in(map_of(home, words, {}))
    for *_, entity_id in sorted(rated):
        left -= tokens_in(home.entities[entity_id].names[0]) + 1
        if left < 0:
            break
        chosen.append(home.entities[entity_id])
    return tuple(sorted(chosen, key=lambda one: one.id))


def _words(one: Entity) -> set[str]:
    return {word for name in one.names for word in name.casefold().split()}
