"""What is meant where no thing is named: what was last spoken of, what plays, what is in the speaker's room."""

from dataclasses import replace
from typing import Final

from ...home import Situation
from ..acts.meanings import Meaning
from ..nouns.index import Index, Things
from ..nouns.targets import How, Target

PLAYS: Final = frozenset({"pause", "next", "previous", "mute", "unmute", "more", "less", "set", "stop"})
"""Of several players, those that play are meant."""
STOPS: Final = frozenset({"pause", "next", "previous", "stop"})
"""What is done only to what plays."""


class Unsaid:
    """Knows what is at hand in one home."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def at_hand(self, things: int, meaning: Meaning, situation: Situation) -> tuple[Target, ...] | None:
        """Return what is meant where no thing is named.

        What was last spoken of, what plays, what is in the speaker's room.
        """
        if not things:
            return None
        index = self.index
        if about := tuple(each for each in situation.about if index.bits.get(each, 0) & things):
            return (Target(entities=about, how=How.ABOUT, many=True),)
        here = index.by_area.get(situation.area, 0) & things if situation.area is not None else 0
        media = things & index.by_domain.get("media_player", 0)
        if media:
            return self._player(media, here, meaning, situation)
        if here:
            areas = frozenset({situation.area}) if situation.area is not None else frozenset[str]()
            many = meaning.kind is None and all(entity.domain == "light" for entity in index.of(here))
            return (Target(entities=index.ids(here), how=How.GROUP, many=many, areas=areas),)
        if things.bit_count() == 1 or meaning.kind is not None:
            return (Target(entities=index.ids(things), how=How.GROUP, many=False),)
        return None

    def _player(self, media: Things, here: Things, meaning: Meaning, situation: Situation) -> tuple[Target, ...] | None:
        """Return the player in the room that plays, else those that play, else those in the room."""
        every = Target(entities=self.index.ids(media), how=How.GROUP, many=False)
        near = replace(every, entities=self.index.ids(here))
        if here and (found := self.playing(near, meaning, situation, only=True)).entities:
            return (found,)
        found = self.playing(every, meaning, situation)
        if len(found.entities) < 2:
            return (found,)
        if meaning.sense in STOPS:
            return None
        return (near if here else found,)

    def playing(self, target: Target, meaning: Meaning, situation: Situation, *, only: bool = False) -> Target:
        """Return those of several players that play, or that pause where playing is asked for."""
        several = target.ambiguous or (target.many and meaning.sense in STOPS and target.how is How.GROUP)
        if not (several or only) or not all(each.startswith("media_player.") for each in target.entities):
            return target
        if meaning.sense in ("resume", "play"):
            wanted = "paused"
        elif meaning.sense in PLAYS:
            wanted = "playing"
        else:
            return target
        found = tuple(
            each for each in target.entities if (state := situation.states(each)) is not None and state.state == wanted
        )
        return replace(target, entities=found) if found or only else target

    def that_play(self, can: int, situation: Situation) -> int:
        """Return the players that play: to turn "it" up is to make them louder."""
        players = can & self.index.by_domain.get("media_player", 0)
        playing = 0
        for entity in self.index.of(players):
            if (state := situation.states(entity.id)) is not None and state.state == "playing":
                playing |= self.index.bits[entity.id]
        return playing
