"""The soundscapes that players have been told to play: what is heard of each, until when, and by whom it is fetched."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from secrets import token_urlsafe
from typing import Final

from homeassistant.core import HomeAssistant, callback

from .rounds import render
from .soundscape import Soundscape

KEPT: Final = 2
"""Rounds in memory, 8 MB each: one that is asked for again begins at once."""


@dataclass(slots=True, eq=False, kw_only=True)
class Airing:
    """A soundscape on a player."""

    soundscape: Soundscape
    room: str
    player: str
    order: str = field(default_factory=partial(token_urlsafe, 16))
    """Names it in its address, which nobody can guess."""
    until: datetime | None = None
    """When it has ended, softly; aware. May be changed while it plays."""
    fetched: asyncio.Event = field(default_factory=asyncio.Event)
    """A player has come for it: before, nobody can hear it."""
    streams: set[asyncio.Task[None]] = field(default_factory=set)
    """Those that are being fetched."""

    is_over: bool = False
    """A player has got all of it."""

    @property
    def is_fetched(self) -> bool:
        """Whether a player is fetching it now."""
        return bool(self.streams)

    @callback
    def hang_up(self) -> None:
        """End what is being fetched, though a player may still hold its end."""
        for stream in tuple(self.streams):
            stream.cancel()


class OnAir:
    """Every airing of the home, one a player; Home Assistant's restart ends them, a reload of Athena does not."""

    def __init__(self, hass: HomeAssistant) -> None:
        self._hass = hass
        self._airings: dict[str, Airing] = {}
        self._rounds: OrderedDict[str, bytes] = OrderedDict()
        self._render = asyncio.Lock()

    @property
    def airings(self) -> tuple[Airing, ...]:
        """All that there is."""
        return tuple(self._airings.values())

    def on(self, player: str) -> Airing | None:
        """Return what a player has been told to play."""
        return self._airings.get(player)

    def of(self, order: str) -> Airing | None:
        """Return the airing that an address names."""
        return next((one for one in self._airings.values() if one.order == order), None)

    @callback
    def begin(self, airing: Airing) -> Airing | None:
        """Let a player fetch it from now on; return what it was told before, which it may still be fetching."""
        before = self._airings.get(airing.player)
        self._airings[airing.player] = airing
        return before

    @callback
    def end(self, airing: Airing) -> None:
        """Let nobody fetch it any more."""
        if self._airings.get(airing.player) is airing:
            del self._airings[airing.player]
        airing.hang_up()

    @callback
    def hang_up(self) -> None:
        """End all that is being fetched: Home Assistant would wait for it before it stops."""
        for airing in self.airings:
            self.end(airing)

    async def async_round(self, soundscape: Soundscape) -> bytes:
        """Return one round; it is made where it is not there any more, one after the other."""
        async with self._render:
            if (round_ := self._rounds.get(soundscape.key)) is None:
                round_ = await self._hass.async_add_executor_job(render, soundscape)
                self._rounds[soundscape.key] = round_
            self._rounds.move_to_end(soundscape.key)
            while len(self._rounds) > KEPT:
                self._rounds.popitem(last=False)
            return round_
