"""Satellites and media players of Home Assistant's own kinds, that remember what they were given to play."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final, override

from homeassistant.components.assist_satellite import (
    AssistSatelliteAnnouncement,
    AssistSatelliteConfiguration,
    AssistSatelliteEntity,
    AssistSatelliteEntityFeature,
)
from homeassistant.components.assist_satellite.entity import AssistSatelliteState
from homeassistant.components.media_player import MediaPlayerEntity
from homeassistant.components.media_player.const import MediaPlayerEntityFeature, MediaPlayerState
from homeassistant.components.tts import TextToSpeechEntity, TtsAudioType
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity import Entity

MAKER: Final = "loudspeakers"
"""The integration that they belong to."""

type Fetch = Callable[[str], Awaitable[None]]
"""Fetches a URL of Home Assistant."""

ALL_OF_A_PLAYER: Final = (
    MediaPlayerEntityFeature.PLAY_MEDIA
    | MediaPlayerEntityFeature.STOP
    | MediaPlayerEntityFeature.MEDIA_ANNOUNCE
    | MediaPlayerEntityFeature.VOLUME_SET
    | MediaPlayerEntityFeature.VOLUME_MUTE
)


def named(url: str) -> str:
    """Return what a URL is of: `alarm-6.wav`."""
    return url.partition("?")[0].rpartition("/")[2]


class Loudspeaker(Entity):
    """What a satellite and a media player have in common here."""

    def __init__(self, name: str, fetch: Fetch, *, device: str | None = None) -> None:
        self.began: list[str] = []
        """The lines, and the clips by name."""
        self.heard: list[str] = []
        """Those that were played to their end."""
        self.playing = asyncio.Event()
        """Something has begun to play."""
        self.goes_on = asyncio.Event()
        """What plays comes to its end; set, until a test lets it last."""
        self.goes_on.set()
        self.failure: Exception | None = None
        self.fetches = True
        self._fetch = fetch
        self._attr_name = name
        self._attr_unique_id = name
        self._attr_device_info = DeviceInfo(identifiers={(MAKER, device or name)}, name=device or name)

    async def play(self, what: str, url: str) -> None:
        """Play something to its end."""
        self.began.append(what)
        self.playing.set()
        if self.failure is not None:
            raise self.failure
        if self.fetches:
            await self._fetch(url)
        await self.goes_on.wait()
        self.heard.append(what)


class Satellite(Loudspeaker, AssistSatelliteEntity):
    """A voice satellite."""

    _attr_supported_features = AssistSatelliteEntityFeature.ANNOUNCE

    @override
    async def async_announce(self, announcement: AssistSatelliteAnnouncement) -> None:
        await self.play(announcement.message or named(announcement.media_id), announcement.media_id)

    def show(self, state: AssistSatelliteState) -> None:
        """Let Home Assistant show this state."""
        self._set_state(state)

    def on_pipeline_event(self, event: Any) -> None:
        """Take no notice."""

    @override
    def async_get_configuration(self) -> AssistSatelliteConfiguration:
        return AssistSatelliteConfiguration(available_wake_words=[], active_wake_words=[], max_active_wake_words=0)

    @override
    async def async_set_configuration(self, config: AssistSatelliteConfiguration) -> None:
        """Take no notice: it has no wake word to choose."""


class Player(Loudspeaker, MediaPlayerEntity):
    """A media player."""

    _attr_supported_features = ALL_OF_A_PLAYER
    _attr_state: MediaPlayerState | None = MediaPlayerState.IDLE
    _attr_volume_level: float | None = 0.3
    _attr_is_volume_muted: bool | None = False

    def __init__(self, name: str, fetch: Fetch, *, device: str | None = None) -> None:
        super().__init__(name, fetch, device=device)
        self.announced: list[bool] = []
        self.kinds: list[str] = []
        self.volumes: list[float] = []

    @override
    async def async_play_media(self, media_type: str, media_id: str, **kwargs: Any) -> None:
        self.kinds.append(media_type)
        self.announced.append(kwargs.get("announce") is True)
        await self.play(named(media_id), media_id)

    @override
    async def async_media_stop(self) -> None:
        self.show(MediaPlayerState.IDLE)

    @override
    async def async_set_volume_level(self, volume: float) -> None:
        self.volumes.append(volume)
        self._attr_volume_level = volume
        self.async_write_ha_state()

    @override
    async def async_mute_volume(self, mute: bool) -> None:
        self._attr_is_volume_muted = mute
        self.async_write_ha_state()

    def show(self, state: MediaPlayerState | None) -> None:
        """Be in this state; None: be unavailable."""
        self._attr_available = state is not None
        self._attr_state = state
        self.async_write_ha_state()


class Voice(TextToSpeechEntity):
    """A voice that says everything in no time."""

    _attr_name = "Voice"
    _attr_unique_id = "voice"
    _attr_supported_languages = ["en"]  # noqa: RUF012  Home Assistant's way
    _attr_default_language = "en"
    _attr_supported_options = ["voice"]  # noqa: RUF012

    def __init__(self) -> None:
        self.said: list[tuple[str, Any]] = []

    @override
    async def async_get_tts_audio(self, message: str, language: str, options: dict[str, Any]) -> TtsAudioType:
        self.said.append((message, options.get("voice")))
        return "mp3", b"ID3"  # as it is wanted: nothing to convert
