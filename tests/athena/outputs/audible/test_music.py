"""Music as an alarm: the output begins it and ends it; whether it plays, a source tells."""

import pytest
from homeassistant.components.media_player.const import MediaPlayerState
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.brain.commands import MusicPlay, MusicStop
from custom_components.athena.media import kind_of
from custom_components.athena.outputs.music import MusicPlayOutput, MusicStopOutput
from custom_components.athena.rooms import RoomConfig

from .conftest import Put
from .loudspeakers import Fetch, Player


@pytest.fixture
async def player(put: Put, fetch: Fetch) -> Player:
    """Return a media player."""
    player = Player("player", fetch)
    player.fetches = False
    await put(player)
    return player


async def _play(hass: HomeAssistant, entry: MockConfigEntry, room: RoomConfig, player: Player) -> None:
    command = MusicPlay(room=room.room, player=player.entity_id, media="https://radio.invalid/one.mp3")
    await MusicPlayOutput(entry).async_carry_out(hass, room, command, Context())


async def test_music_is_begun_and_ended(
    hass: HomeAssistant, entry: MockConfigEntry, room: RoomConfig, player: Player
) -> None:
    await _play(hass, entry, room, player)
    assert player.heard == ["one.mp3"]
    assert player.kinds == ["music"]
    assert player.announced == [False]
    player.show(MediaPlayerState.PLAYING)
    command = MusicStop(room=room.room, player=player.entity_id)
    await MusicStopOutput(entry).async_carry_out(hass, room, command, Context())
    assert player.state == MediaPlayerState.IDLE


async def test_music_is_played_as_the_kind_it_was_chosen_as(
    hass: HomeAssistant, entry: MockConfigEntry, room: RoomConfig, player: Player
) -> None:
    command = MusicPlay(room=room.room, player=player.entity_id, media="https://radio.invalid/one", kind="audio/mpeg")
    await MusicPlayOutput(entry).async_carry_out(hass, room, command, Context())
    assert player.kinds == ["audio/mpeg"]


async def test_music_that_has_ended_is_not_ended_again(
    hass: HomeAssistant, entry: MockConfigEntry, room: RoomConfig, player: Player
) -> None:
    player.show(MediaPlayerState.PAUSED)
    command = MusicStop(room=room.room, player=player.entity_id)
    await MusicStopOutput(entry).async_carry_out(hass, room, command, Context())
    assert player.state == MediaPlayerState.PAUSED


async def test_a_player_that_is_gone_is_said_so(
    hass: HomeAssistant, entry: MockConfigEntry, room: RoomConfig, player: Player
) -> None:
    player.show(None)
    with pytest.raises(HomeAssistantError) as failure:
        await _play(hass, entry, room, player)
    assert failure.value.translation_key == "player_failed"


async def test_a_player_that_fails_says_why(
    hass: HomeAssistant, entry: MockConfigEntry, room: RoomConfig, player: Player
) -> None:
    player.failure = ConnectionError("no active device")
    with pytest.raises(HomeAssistantError) as failure:
        await _play(hass, entry, room, player)
    assert failure.value.translation_placeholders == {"player": player.entity_id, "reason": "no active device"}


@pytest.mark.parametrize(
    ("media", "kind"),
    [
        ("https://radio.invalid/one.mp3", "music"),
        ("media-source://media_source/local/birds.mp3", "music"),
        ("spotify:playlist:37i9dQ", "playlist"),
        ("spotify:track:4uLU6h", "track"),
        ("birds.mp3", "music"),
        ("", "music"),
    ],
)
def test_the_kind_of_music_is_seen_from_its_address(media: str, kind: str) -> None:
    assert kind_of(media) == kind
