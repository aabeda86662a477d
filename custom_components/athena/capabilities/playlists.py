"""Playlists: the user's own playlists, by name or with a scene, on Spotify or any other player (PRD, Epic 6)."""

import logging
from collections.abc import Mapping
from typing import Any, ClassVar, Final, override

import probatio as vol
from homeassistant.components.media_player import DOMAIN as MEDIA_PLAYER_DOMAIN
from homeassistant.components.media_player.const import MediaPlayerEntityFeature
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import Context, State, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.selector import (
    EntitySelector,
    EntitySelectorConfig,
    ObjectSelector,
    ObjectSelectorConfig,
    ObjectSelectorField,
    SelectSelector,
    SelectSelectorConfig,
    TextSelector,
)

from ..areas import entities_in
from ..brain import phrases, scenes
from ..brain.commands import AlarmStop, Command, LightsSetScene
from ..companion.capability import Capability
from ..companion.greeted import GOT_UP
from ..companion.wish import Asked, No, Wish
from ..deed import Deed, Result
from ..media import PLAYS, address_of, can, kind_of
from ..rooms import RoomConfig

_LOGGER = logging.getLogger(__name__)

CONF_PLAYER: Final = "player"
CONF_SOURCE: Final = "source"
CONF_PLAYLISTS: Final = "playlists"
CONF_NAME: Final = "name"
CONF_MEDIA: Final = "media"
CONF_SCENE: Final = "scene"


class Playlists(Capability):
    """Play a playlist of the user's; to pause, to skip and the rest need nothing: they are what plays."""

    key: ClassVar = "playlists"
    sentences: ClassVar = {
        "AthenaPlayPlaylist": (
            "(play|start|put on|turn on) my (playlist|music)",
            {
                "metadata": {"sampled": False},
                "sentences": [
                    "<ask>(play|start|put on|turn on|i want to hear|let's hear) my (playlist|music)",
                    "<ask>(play|start|put on|turn on) [some of ]my {playlist_name} (playlist|music|list)",
                    "<ask>(play|start|put on|turn on) my playlist [called ]{playlist_name}",
                    "<ask>(start|put on|turn on|switch to|change to) the {playlist_name} playlist",
                    "<ask>(switch to|change to|shuffle) my {playlist_name} playlist",
                ],
            },
        )
    }
    lists: ClassVar = {"playlist_name": {"wildcard": True}}
    lines: ClassVar = {
        "playlist_plays": "Playing {name}.",
        "playlist_none": "No playlist is set.",
        "playlist_unknown": "I don't know that playlist.",
        "playlist_no_speaker": "No speaker is there.",
    }
    form: ClassVar = {
        vol.Optional(CONF_PLAYER): EntitySelector(EntitySelectorConfig(domain=MEDIA_PLAYER_DOMAIN)),
        vol.Optional(CONF_SOURCE): TextSelector(),
        vol.Optional(CONF_PLAYLISTS): ObjectSelector(
            ObjectSelectorConfig(
                multiple=True,
                label_field=CONF_NAME,
                description_field=CONF_MEDIA,
                translation_key="playlist",
                fields={
                    CONF_NAME: ObjectSelectorField(required=True, selector=TextSelector()),
                    CONF_MEDIA: ObjectSelectorField(required=True, selector=TextSelector()),
                    CONF_SCENE: ObjectSelectorField(
                        selector=SelectSelector(
                            SelectSelectorConfig(options=[scene.key for scene in scenes.ALL], custom_value=True)
                        )
                    ),
                },
            )
        ),
    }

    @classmethod
    @override
    def refuse(cls, settings: Mapping[str, Any]) -> str | None:
        playlists = settings.get(CONF_PLAYLISTS, ())
        names = [str(one.get(CONF_NAME, "")).strip().casefold() for one in playlists]
        if len(set(names)) < len(names) or "" in names:
            return "playlist_twice"
        return None if all(str(one.get(CONF_MEDIA, "")).strip() for one in playlists) else "playlist_nowhere"

    @override
    def wishes(self) -> tuple[Wish, ...]:
        return (
            Wish(
                intent="AthenaPlayPlaylist",
                description="Plays one of the user's own playlists, the first of them where none is named",
                slots={vol.Optional("playlist_name"): str},
                fulfil=self._fulfil,
                needs_room=False,
            ),
        )

    @override
    @callback
    def on_order(self, room: RoomConfig, command: Command) -> None:
        known = self.desk.room(room)
        match command:
            case LightsSetScene(scene=scene) if not known.waking:
                pass
            case AlarmStop(why=why) if why in GOT_UP and not known.waking:
                scene = known.scene or ""  # it has waited for what rang to be heard
            case _:
                return
        playlist = next((one for one in self._playlists if one.get(CONF_SCENE) == scene), None)
        if playlist is not None:
            self.desk.start(self._go_with_scene(room, playlist))

    @property
    def _playlists(self) -> list[Mapping[str, str]]:
        return list(self.desk.settings.get(CONF_PLAYLISTS, ()))

    async def _fulfil(self, asked: Asked) -> str | No:
        if (line := self._not_now(asked.room)) is not None:
            return No(line=line)
        wanted = str(asked.slots.get("playlist_name", self._playlists[0][CONF_NAME])).strip().casefold()
        playlist = next((one for one in self._playlists if one[CONF_NAME].strip().casefold() == wanted), None)
        if playlist is None:
            _LOGGER.info("There is no playlist of that name; there are: %s", self._names)
            return No(line=self.persona.say("playlist_unknown"))
        if (player := self._player(asked.room)) is None:
            _LOGGER.warning("No media player can play %s; choose one under Small things", playlist[CONF_NAME])
            return No(line=self.persona.say("playlist_no_speaker"))
        if not await self._async_make_ready(player, asked.context):
            _LOGGER.warning("%s has no speaker to play through", player)
            return No(line=self.persona.say("playlist_no_speaker"))
        if not await self._async_play(player, playlist, asked.context):
            return No(line=phrases.WENT_WRONG)
        return self.persona.say("playlist_plays", name=playlist[CONF_NAME].strip())

    def _not_now(self, room: RoomConfig | None) -> str | None:
        """Return what is said where no playlist can be played, whichever it is."""
        if room is not None and self.desk.room(room).waking:  # the player may be what rings
            return phrases.OUT_OF_BED_FIRST
        return None if self._playlists else self.persona.say("playlist_none")

    async def _go_with_scene(self, room: RoomConfig, playlist: Mapping[str, str]) -> None:
        """Play what goes with a scene, once: a scene that is set again does not begin it anew."""
        player = self._player(room)
        if player is None or self._is_playing(player, playlist):
            return
        context = Context()
        if not await self._async_make_ready(player, context) or not await self._async_play(player, playlist, context):
            raise HomeAssistantError(f"{player} does not play {playlist[CONF_NAME]}")

    # ---- the player

    @property
    def _names(self) -> str:
        return ", ".join(one[CONF_NAME] for one in self._playlists)

    def _player(self, room: RoomConfig | None) -> str | None:
        """Return what is to play: as it is set, else the room's only player, else the home's only one."""
        if (chosen := self.desk.settings.get(CONF_PLAYER)) is not None:
            return str(chosen) if self._state(str(chosen)) is not None else None
        everywhere = self.desk.hass.states.async_entity_ids(MEDIA_PLAYER_DOMAIN)
        here = entities_in(self.desk.hass, room.room, MEDIA_PLAYER_DOMAIN) if room is not None else []
        for players in (here, everywhere):
            able = [one for one in players if (state := self._state(one)) is not None and _may_play(state)]
            if len(able) == 1:
                return able[0]
        return None

    def _state(self, player: str) -> State | None:
        state = self.desk.hass.states.get(player)
        return state if state is not None and state.state != STATE_UNAVAILABLE else None

    def _is_playing(self, player: str, playlist: Mapping[str, str]) -> bool:
        state = self._state(player)
        return state is not None and state.state in PLAYS and self.desk.memory.get(player) == playlist[CONF_MEDIA]

    async def _async_make_ready(self, player: str, context: Context) -> bool:
        """Give a player a speaker that has none: Spotify cannot play before (the classic of a silent morning)."""
        state = self._state(player)
        if state is None:
            return False
        if can(state, MediaPlayerEntityFeature.PLAY_MEDIA):
            return True
        sources: list[str] = state.attributes.get("source_list") or []
        wanted = self.desk.settings.get(CONF_SOURCE)
        source = wanted if wanted in sources else next(iter(sources), None)
        if source is None:
            return False
        await self._async_do(player, "select_source", {"source": source}, context)
        with_speaker = self._state(player)
        return with_speaker is not None and can(with_speaker, MediaPlayerEntityFeature.PLAY_MEDIA)

    async def _async_play(self, player: str, playlist: Mapping[str, str], context: Context) -> bool:
        media = address_of(playlist[CONF_MEDIA])
        data = {"media_content_id": media, "media_content_type": kind_of(media)}
        plays = await self._async_do(player, "play_media", data, context)
        self.desk.memory[player] = playlist[CONF_MEDIA] if plays else None
        self.desk.remember()
        return plays

    async def _async_do(self, player: str, action: str, data: Mapping[str, Any], context: Context) -> bool:
        deed = Deed(domain=MEDIA_PLAYER_DOMAIN, action=action, entities=(player,), data=data)
        outcome = await self.desk.async_do(deed, context)
        return outcome.result is not Result.FAILED


def _may_play(state: State) -> bool:
    return can(state, MediaPlayerEntityFeature.PLAY_MEDIA | MediaPlayerEntityFeature.SELECT_SOURCE)
