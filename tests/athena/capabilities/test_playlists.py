"""PRD, Epic 6: start my playlist, pause, skip, and a playlist for a scene; on Home Assistant's own `spotify`."""

import time
from collections.abc import AsyncIterator
from datetime import time as time_of_day

import pytest
import spotifyaio.spotify
from aiohttp.test_utils import TestServer
from homeassistant.components.application_credentials import ClientCredential, async_import_client_credential
from homeassistant.components.spotify.const import DOMAIN as SPOTIFY
from homeassistant.components.spotify.const import SPOTIFY_SCOPES
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry
from yarl import URL

from custom_components.athena.brain.events import AlarmDismissed, AlarmSet, AlarmTrigger
from custom_components.athena.brain.settings import Alarm

from ...neighbours.spotify import Account, Spotify
from ..saying import Speaker, async_settle, expose

EVENING = "spotify:playlist:evening"
BEATS = "spotify:playlist:beats"
PLAYER = "media_player.spotify_arman"

PLAYLISTS = [
    {"name": "Evening", "media": "https://open.spotify.com/playlist/evening?si=4711"},
    {"name": "Focus Beats", "media": BEATS, "scene": "focus"},
    {"name": "Gone", "media": "spotify:playlist:gone"},
]


@pytest.fixture
def account() -> Account:
    return Account(playlists={EVENING: "Evening", BEATS: "Focus Beats"})


@pytest.fixture
async def spotify(
    hass: HomeAssistant,
    athena: MockConfigEntry,
    account: Account,
    socket_enabled: None,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[None]:
    """Set up Home Assistant's spotify against the service; its library knows no address but Spotify's own."""
    server = TestServer(Spotify(account).app)
    await server.start_server()

    class _Loopback:
        @staticmethod
        def build(**_address: object) -> URL:
            return server.make_url("/")

    monkeypatch.setattr(spotifyaio.spotify, "URL", _Loopback)
    monkeypatch.setattr("homeassistant.components.spotify.media_player.AFTER_REQUEST_SLEEP", 0)
    assert await async_setup_component(hass, "application_credentials", {})
    await async_import_client_credential(hass, SPOTIFY, ClientCredential("id", "secret"), SPOTIFY)
    token = {
        "access_token": "a",
        "refresh_token": "r",
        "expires_at": time.time() + 3600,
        "scope": " ".join(SPOTIFY_SCOPES),
    }
    entry = MockConfigEntry(
        domain=SPOTIFY, title="Arman", unique_id="arman", data={"auth_implementation": SPOTIFY, "token": token}
    )
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    player = er.async_get(hass).async_get(PLAYER)
    assert player is not None
    assert player.device_id is not None
    dr.async_get(hass).async_update_device(player.device_id, area_id="bedroom")
    expose(hass, PLAYER)
    await async_settle(hass, athena, playlists={"playlists": PLAYLISTS})
    yield
    await hass.config_entries.async_unload(entry.entry_id)
    await server.close()


@pytest.mark.usefixtures("spotify")
async def test_start_my_playlist_though_no_speaker_is_active(in_the_bedroom: Speaker, account: Account) -> None:
    assert await in_the_bedroom.says("start my playlist") == "Playing Evening."
    assert account.orders == ["transfer desk", f"play {EVENING}"]
    assert (account.active, account.context, account.is_playing) == ("Desk", EVENING, True)


@pytest.mark.usefixtures("spotify")
async def test_a_playlist_by_its_name(in_the_bedroom: Speaker, account: Account) -> None:
    account.active = "Desk"
    assert await in_the_bedroom.says("play my focus beats playlist") == "Playing Focus Beats."
    assert account.context == BEATS


@pytest.mark.usefixtures("spotify")
async def test_pause_and_skip(in_the_bedroom: Speaker, account: Account) -> None:
    await in_the_bedroom.says("play my music")
    assert await in_the_bedroom.says("skip this song") != "I didn't catch that."
    assert account.track == 1
    await in_the_bedroom.says("pause the music")
    assert not account.is_playing
    await in_the_bedroom.says("play the music")
    assert (account.is_playing, account.context) == (True, EVENING)


@pytest.mark.usefixtures("spotify")
async def test_focus_mode_plays_its_playlist_and_goes_on_with_it(
    hass: HomeAssistant, in_the_bedroom: Speaker, account: Account
) -> None:
    assert await in_the_bedroom.says("focus mode") == "Focus mode."
    assert (account.context, account.is_playing) == (BEATS, True)
    orders = len(account.orders)
    await in_the_bedroom.says("focus mode")
    assert len(account.orders) == orders
    await in_the_bedroom.says("night mode")
    assert (account.context, account.is_playing) == (BEATS, True)


@pytest.mark.usefixtures("spotify")
async def test_a_playlist_that_does_not_exist(
    in_the_bedroom: Speaker, account: Account, caplog: pytest.LogCaptureFixture
) -> None:
    assert await in_the_bedroom.says("play my jazz playlist") == "I don't know that playlist."
    assert "there are: Evening, Focus Beats, Gone" in caplog.text
    assert account.orders == []
    assert await in_the_bedroom.says("play my gone playlist") == "Something went wrong."
    assert "play_media of media_player.spotify_arman failed" in caplog.text
    assert await in_the_bedroom.says("start my playlist") == "Playing Evening."


@pytest.mark.usefixtures("spotify")
async def test_spotify_with_no_device(
    hass: HomeAssistant, in_the_bedroom: Speaker, account: Account, caplog: pytest.LogCaptureFixture
) -> None:
    account.speakers.clear()
    await hass.config_entries.async_reload(hass.config_entries.async_entries(SPOTIFY)[0].entry_id)
    assert await in_the_bedroom.says("start my playlist") == "No speaker is there."
    assert f"{PLAYER} has no speaker to play through" in caplog.text
    account.speakers.append("Kitchen")
    await hass.config_entries.async_reload(hass.config_entries.async_entries(SPOTIFY)[0].entry_id)
    assert await in_the_bedroom.says("start my playlist") == "Playing Evening."
    assert account.active == "Kitchen"


@pytest.mark.usefixtures("spotify")
async def test_the_speaker_that_is_set_is_taken(
    hass: HomeAssistant, athena: MockConfigEntry, in_the_bedroom: Speaker, account: Account
) -> None:
    account.speakers = ["Attic", "Desk"]
    await hass.config_entries.async_reload(hass.config_entries.async_entries(SPOTIFY)[0].entry_id)
    await async_settle(hass, athena, playlists={"playlists": PLAYLISTS, "source": "Desk"})
    assert await in_the_bedroom.says("start my playlist") == "Playing Evening."
    assert account.active == "Desk"


@pytest.mark.usefixtures("spotify")
async def test_what_rings_is_heard_and_the_playlist_of_the_scene_comes_after_it(
    hass: HomeAssistant, athena: MockConfigEntry, in_the_bedroom: Speaker, account: Account
) -> None:
    await async_settle(hass, athena, playlists={"playlists": [{"name": "Up", "media": EVENING, "scene": "wake"}]})
    runtime, now = athena.runtime_data, dt_util.utcnow()
    alarm = Alarm(id="a", time=time_of_day(7), app_stop=True)
    await runtime.async_tell(AlarmSet(room="bedroom", at=now, source="test", alarm=alarm))
    runtime.handle(AlarmTrigger(room="bedroom", at=now, source="test", alarm="a"))
    assert await in_the_bedroom.says("start my playlist") == "Out of bed first."
    assert account.orders == []
    runtime.handle(AlarmDismissed(room="bedroom", at=now, source="test"))
    await hass.async_block_till_done(wait_background_tasks=True)
    assert (account.context, account.is_playing) == (EVENING, True)


async def test_without_a_playlist_or_a_player(
    hass: HomeAssistant, athena: MockConfigEntry, in_the_bedroom: Speaker
) -> None:
    assert await in_the_bedroom.says("start my playlist") == "No playlist is set."
    await async_settle(hass, athena, playlists={"playlists": PLAYLISTS})
    assert await in_the_bedroom.says("start my playlist") == "No speaker is there."
