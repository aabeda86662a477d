"""What a large home has of which there is little: the kiln, the sauna, a list. The model is told of it always."""

from collections import Counter
from typing import Final

from ..home import Entity, Home
from .prompt import FULL, tokens_in
from .words import Words

FEW: Final = 6
"""Of a kind, up to which each of them is remarkable."""

PLAIN: Final = frozenset({"binary_sensor", "device_tracker", "event", "sensor", "update"})
"""What only tells: of these there is always one more."""

MOST: Final = 260
"""Tokens, as the prompt reckons them."""


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
        own = [word for word in _words(one) if word not in ordinary and often[word] <= FEW]
        if one.domain not in PLAIN and (own or kinds[one.domain] <= FEW):
            rated.append((kinds[one.domain] > FEW, min((often[word] for word in own), default=FEW), one.id))
    chosen, left = [], MOST
    for _, _, entity_id in sorted(rated):
        left -= tokens_in(home.entities[entity_id].names[0]) + 1
        if left < 0:
            break
        chosen.append(home.entities[entity_id])
    return tuple(sorted(chosen, key=lambda one: one.id))


def _words(one: Entity) -> set[str]:
    return {word for name in one.names for word in name.casefold().split()}
