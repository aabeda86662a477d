"""Soundscapes: rain, white noise, wind, for as long as one likes (PRD §7: "Arvis, play rain sounds")."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import ClassVar, Final, override

import probatio as vol
from homeassistant.components.conversation import DOMAIN as CONVERSATION
from homeassistant.components.media_player import DOMAIN as MEDIA_PLAYER_DOMAIN
from homeassistant.components.media_player.const import MediaPlayerEntityFeature, MediaPlayerState
from homeassistant.const import ATTR_DEVICE_CLASS, STATE_UNAVAILABLE, UnitOfTime
from homeassistant.core import Context, State, callback
from homeassistant.helpers import intent
from homeassistant.helpers.network import NoURLAvailableError, get_url
from homeassistant.helpers.selector import (
    BooleanSelector,
    EntitySelector,
    EntitySelectorConfig,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
)
from homeassistant.util import dt as dt_util

from ...agent.spoken_length import length_of
from ...areas import area_of, entities_in
from ...audio import soundscapes
from ...audio.on_air import Airing
from ...audio.soundscape import Soundscape
from ...audio.soundscape_view import on_air_of, path_of
from ...brain import phrases
from ...brain.commands import AlarmStart, Command, MusicPlay, MusicStop, RoomSetState
from ...brain.room_state import RoomState
from ...companion.capability import Capability
from ...companion.desk import Desk
from ...companion.wish import LENGTH, Asked, No, Wish
from ...media import can
from ...rooms import RoomConfig
from .words import LINES, LISTS, RULES, SENTENCES

_LOGGER = logging.getLogger(__name__)

CONF_PLAYERS: Final = "players"
CONF_ASLEEP: Final = "minutes_asleep"
CONF_EMPTY: Final = "plays_when_empty"

FETCH_SECONDS: Final = 6.0
"""So long after it has taken the order, a player may still come for the sound: one that sleeps takes some time."""

LISTEN_SECONDS: Final = 0.4
"""A player that cannot play it hangs up sooner."""

SLACK: Final = timedelta(seconds=15)
"""A player is so far behind what it has fetched, at most."""

SILENT: Final = {MediaPlayerState.IDLE, MediaPlayerState.OFF, MediaPlayerState.PAUSED}

SOUNDSCAPES: Final = {one.key: one for one in soundscapes.ALL}


class Soundscapes(Capability):
    """Let a media player play one; a satellite cannot, for whatever it is given to say, it is busy with."""

    key: ClassVar = "soundscapes"
    sentences: ClassVar = SENTENCES
    rules: ClassVar = RULES
    lists: ClassVar = LISTS
    lines: ClassVar = LINES
    form: ClassVar = {
        vol.Optional(CONF_PLAYERS): EntitySelector(EntitySelectorConfig(domain=MEDIA_PLAYER_DOMAIN, multiple=True)),
        vol.Optional(CONF_ASLEEP): NumberSelector(
            NumberSelectorConfig(
                min=1,
                max=600,
                mode=NumberSelectorMode.BOX,  # a slider cannot be emptied again
                unit_of_measurement=UnitOfTime.MINUTES,
            )
        ),
        vol.Optional(CONF_EMPTY): BooleanSelector(),
    }

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._on_air = on_air_of(desk.hass)
        self._busy: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    @override
    def wishes(self) -> tuple[Wish, ...]:
        which = vol.In(list(SOUNDSCAPES))
        return (
            Wish(
                intent="AthenaPlaySoundscape",
                description="Plays a sound without an end in a room, to sleep by; for some time if one is named",
                slots={vol.Required("soundscape"): which, vol.Optional("name"): str, **LENGTH},
                fulfil=self._play,
            ),
            Wish(
                intent="AthenaStopSoundscape",
                description="Stops such a sound",
                slots={vol.Optional("soundscape"): which},
                fulfil=self._stop,
                needs_room=False,
            ),
        )

    @override
    async def async_start(self) -> None:
        for airing in self._on_air.airings:  # Athena was loaded anew, and the players have not noticed
            if airing.room in self.desk.rooms:
                self._end_in_time(airing)
            else:
                self._on_air.end(airing)

    @override
    @callback
    def on_order(self, room: RoomConfig, command: Command) -> None:
        match command:
            case MusicPlay() if (airing := self._on_air.on(command.player)) and airing.order not in command.media:
                self._forget(airing)  # something else has taken its place
            case AlarmStart():
                self._end_all(room)
            case RoomSetState(state=RoomState.EMPTY) if not self.desk.settings.get(CONF_EMPTY):
                self._end_all(room)
            case RoomSetState(state=RoomState.SLEEP) if minutes := self.desk.settings.get(CONF_ASLEEP):
                for airing in self._in(room):
                    airing.until = airing.until or dt_util.utcnow() + timedelta(minutes=minutes)
                    self._end_in_time(airing)

    # ---- play

    async def _play(self, asked: Asked) -> str | No:
        room = asked.in_room
        if self.desk.room(room).waking:  # the player may be what rings
            return No(line=phrases.OUT_OF_BED_FIRST)
        nowhere = No(line=self.persona.say("soundscape_nowhere"))
        players = self._players(room, asked.slots.get("name"))
        there = [one for one in players if one.state != STATE_UNAVAILABLE]
        if not players:
            _LOGGER.warning(
                "No media player of %s can play a soundscape: give one this area, or choose one under Small things",
                room.title,
            )
            return nowhere
        if not there:
            _LOGGER.warning("%s is not available, so it cannot play a soundscape", players[0].entity_id)
            return No(line=self.persona.say("unreachable", name=players[0].name))
        soundscape, player, until = SOUNDSCAPES[asked.slots["soundscape"]], there[0].entity_id, _until(asked)
        async with self._busy[player]:
            if (airing := self._goes_on(soundscape, player)) is not None:
                airing.until = until or airing.until
            else:
                airing = Airing(soundscape=soundscape, room=room.room, player=player, until=until)
                if not await self._async_begin(airing, asked.context):
                    return nowhere
        self._end_in_time(airing)
        return self.persona.say(f"soundscape_{soundscape.key}")

    def _players(self, room: RoomConfig, name: str | None) -> Sequence[State]:
        """Return what may play, the best first: what is named, what is chosen for the room, else the room's own.

        Whatever is chosen and stands in no room of Athena's plays for all of them.
        """
        hass = self.desk.hass
        if name is not None:
            wanted = intent.MatchTargetsConstraints(name=name, domains={MEDIA_PLAYER_DOMAIN}, assistant=CONVERSATION)
            return sorted(filter(_may_play, intent.async_match_targets(hass, wanted).states), key=_worth)
        here = entities_in(hass, room.room, MEDIA_PLAYER_DOMAIN)
        chosen: list[str] = self.desk.settings.get(CONF_PLAYERS, [])
        players = [one for one in chosen if one in here] or here or [one for one in chosen if self._is_nowhere(one)]
        states = [state for one in players if (state := hass.states.get(one)) is not None]
        return sorted(filter(_may_play, states), key=_worth)

    def _is_nowhere(self, player: str) -> bool:
        area = area_of(self.desk.hass, entity_id=player, device_id=None)
        return area is None or area.id not in self.desk.rooms

    def _goes_on(self, soundscape: Soundscape, player: str) -> Airing | None:
        """Return what plays already, and shall be left to play."""
        airing, state = self._on_air.on(player), self.desk.hass.states.get(player)
        if airing is None or airing.soundscape is not soundscape or not airing.is_fetched:
            return None
        return airing if state is not None and state.state not in SILENT else None

    async def _async_begin(self, airing: Airing, context: Context) -> bool:
        """Let a player play it; return whether the player has come for it, after a word in the log if not."""
        try:
            url = f"{get_url(self.desk.hass)}{path_of(airing)}"
        except NoURLAvailableError as err:
            _LOGGER.warning(
                "No player can fetch a soundscape (set the address under Settings, System, Network): %s", err
            )
            return False
        before = self._on_air.begin(airing)
        self.desk.start(self._make_ready(airing.soundscape))
        order = self.desk.async_order(MusicPlay(room=airing.room, player=airing.player, media=url), context)
        failure = await self._failure_of(order) or await self._unheard(airing)
        if before is not None:
            before.hang_up()
        if failure is None:
            return True
        _LOGGER.warning("%s does not play %s: %s", airing.player, airing.soundscape.name, failure)
        self._forget(airing)
        return False

    async def _make_ready(self, soundscape: Soundscape) -> None:
        await self._on_air.async_round(soundscape)

    async def _failure_of(self, order: Awaitable[object]) -> str | None:
        """Return why a player does not take an order: an integration may fail in any way."""
        [outcome] = await asyncio.gather(order, return_exceptions=True)
        if isinstance(outcome, asyncio.CancelledError):
            raise outcome
        return f"{outcome or type(outcome).__name__}" if isinstance(outcome, BaseException) else None

    async def _unheard(self, airing: Airing) -> str | None:
        """Return why nobody hears it, where a player does not come for it, or does not stay."""
        try:
            async with asyncio.timeout(FETCH_SECONDS):
                await airing.fetched.wait()
        except TimeoutError:
            return "it has not fetched it; does it reach Home Assistant under its address (Settings, System, Network)?"
        if streams := tuple(airing.streams):
            await asyncio.wait(streams, timeout=LISTEN_SECONDS)
        return None if airing.is_fetched or airing.is_over else "it has hung up at once; can it play WAV?"

    # ---- stop

    async def _stop(self, asked: Asked) -> str | No:
        heard = [one for one in self._on_air.airings if one.is_fetched]
        here = [one for one in heard if asked.room is not None and one.room == asked.room.room]
        meant = here or (heard if len(heard) == 1 else [])
        for airing in meant:
            await self._end(airing, asked.context)
        return self.persona.say("stopped") if meant else No(line=self.persona.say("soundscape_none"))

    @callback
    def _end_in_time(self, airing: Airing) -> None:
        if airing.until is not None:
            self.desk.wait(airing.player, airing.until + SLACK, partial(self._end_if_due, airing))

    @callback
    def _end_if_due(self, airing: Airing) -> None:
        if self._on_air.on(airing.player) is airing:
            self.desk.start(self._end(airing, Context()))

    def _in(self, room: RoomConfig) -> list[Airing]:
        return [one for one in self._on_air.airings if one.room == room.room]

    @callback
    def _end_all(self, room: RoomConfig) -> None:
        for airing in self._in(room):
            self.desk.start(self._end(airing, Context()))

    async def _end(self, airing: Airing, context: Context) -> None:
        """Stop it, unless the player plays something else by now."""
        if self._on_air.on(airing.player) is not airing:
            return
        try:
            if airing.is_fetched:
                await self.desk.async_order(MusicStop(room=airing.room, player=airing.player), context)
        finally:
            self._forget(airing)

    @callback
    def _forget(self, airing: Airing) -> None:
        if self._on_air.on(airing.player) is airing:
            self.desk.wait_no_more(airing.player)
        self._on_air.end(airing)


def _may_play(state: State) -> bool:
    if state.state == STATE_UNAVAILABLE:
        return True  # nobody knows what it can
    return can(state, MediaPlayerEntityFeature.PLAY_MEDIA)


def _worth(state: State) -> tuple[bool, bool]:
    return state.state == STATE_UNAVAILABLE, state.attributes.get(ATTR_DEVICE_CLASS) == "tv"


def _until(asked: Asked) -> datetime | None:
    """Return when it shall have ended, as it was said."""
    seconds = length_of(asked.slots)
    return None if seconds is None else dt_util.utcnow() + timedelta(seconds=seconds)
