"""PRD §7: "Arvis, play rain sounds", on Home Assistant's own `mpd` and a player that fetches what it is to play."""

from array import array
from collections.abc import AsyncIterator
from datetime import time, timedelta

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed

from custom_components.athena.audio import on_air as on_air_module
from custom_components.athena.audio import soundscape_view
from custom_components.athena.audio.on_air import OnAir
from custom_components.athena.audio.rounds import BYTES_A_SECOND
from custom_components.athena.audio.soundscape import SECONDS
from custom_components.athena.audio.soundscapes import ALL
from custom_components.athena.brain.commands import AudioSay
from custom_components.athena.brain.events import AlarmSet, AlarmTrigger, RoomForced
from custom_components.athena.brain.room_state import RoomState
from custom_components.athena.brain.settings import Alarm
from custom_components.athena.capabilities import soundscapes

from ...neighbours.mpd import Heard, Player
from ..audio.made import made
from ..outputs.audible.conftest import Put, put, room, voice  # noqa: F401  fixtures
from ..outputs.audible.loudspeakers import Fetch, Satellite, Voice
from ..saying import Speaker, async_settle, expose

PLAYER = "media_player.music_player_daemon"
NOWHERE = "I can't play that here."
SCAPES = {one.key: one for one in ALL}


@pytest.fixture(autouse=True)
def _made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take each round as it was made for another test."""
    monkeypatch.setattr(on_air_module, "render", made)


@pytest.fixture
async def server(
    hass: HomeAssistant, athena: MockConfigEntry, socket_enabled: None, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[TestServer]:
    """Let Home Assistant be reached by a player, and go on to add paths, as it does itself."""
    monkeypatch.setattr(hass.http.app.router, "freeze", lambda: None)
    server = TestServer(hass.http.app)
    async with server:
        hass.config.internal_url = str(server.make_url("")).rstrip("/")
        yield server
        soundscape_view.on_air_of(hass).hang_up()


@pytest.fixture
async def player(hass: HomeAssistant, server: TestServer) -> AsyncIterator[Player]:
    """Return the bedroom's player."""
    async with Player() as player:
        entry = MockConfigEntry(
            domain="mpd", title="Music Player Daemon", data={"host": player.host, "port": player.port}
        )
        entry.add_to_hass(hass)
        assert await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done()
        [entity] = er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
        bedroom = ar.async_get(hass).async_get_or_create("Bedroom")
        dr.async_get(hass).async_update_device(str(entity.device_id), area_id=bedroom.id)
        expose(hass, PLAYER)
        yield player
        assert await hass.config_entries.async_unload(entry.entry_id)


@pytest.fixture
def on_air(hass: HomeAssistant, player: Player) -> OnAir:
    """Return what players have been told to play."""
    return soundscape_view.on_air_of(hass)


@pytest.fixture
def fetch(server: TestServer) -> Fetch:
    """Return how a satellite gets something."""

    async def get(url: str) -> None:
        async with ClientSession() as session, session.get(url) as answer:
            assert answer.status == 200
            await answer.read()

    return get


@pytest.fixture
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a player fetch more than a round at once: nobody here can wait until it is played."""
    monkeypatch.setattr(soundscape_view, "AHEAD", 2.0 * SECONDS)


def tell(athena: MockConfigEntry, state: RoomState) -> None:
    """Let the bedroom be in a state."""
    athena.runtime_data.handle(RoomForced(room="bedroom", at=dt_util.utcnow(), source="test", state=state))


async def heard(player: Player) -> Heard:
    """Return what is played, once it has begun."""
    await player.heard[-1].began.wait()
    return player.heard[-1]


async def is_over(hass: HomeAssistant, player: Player) -> None:
    """Wait until nothing plays any more."""
    await hass.async_block_till_done(wait_background_tasks=True)
    await player.heard[-1].over.wait()
    assert player.state == "stop"


# ---- play


async def test_play_rain_sounds(in_the_bedroom: Speaker, player: Player) -> None:
    assert await in_the_bedroom.says("Arvis, play rain sounds") == "Rain."
    rain = await heard(player)
    assert (rain.rate, rain.channels) == (32_000, 2)
    assert "rain.wav" in rain.url


async def test_what_a_player_hears_has_no_seam_where_the_round_ends(
    in_the_bedroom: Speaker, player: Player, on_air: OnAir, fast: None
) -> None:
    player.buffer = BYTES_A_SECOND * (SECONDS + 2)
    await in_the_bedroom.says("play rain sounds")
    await player.heard[0].full.wait()
    round_ = await on_air.async_round(SCAPES["rain"])
    begun = int(soundscape_view.FADE_IN * BYTES_A_SECOND)
    assert player.heard[0].pcm[begun : len(round_)] == round_[begun:]
    assert player.heard[0].pcm[len(round_) :] == round_[: len(player.heard[0].pcm) - len(round_)]


async def test_a_player_gets_no_more_than_it_needs(in_the_bedroom: Speaker, player: Player, on_air: OnAir) -> None:
    """What it could fetch in no time would be hours, on its disk or in its memory."""
    player.buffer = BYTES_A_SECOND * SECONDS
    await in_the_bedroom.says("play white noise")
    await heard(player)
    assert len(player.heard[0].pcm) < BYTES_A_SECOND * (soundscape_view.AHEAD + 5)
    assert not player.heard[0].full.is_set()


async def test_each_is_played(in_the_bedroom: Speaker, player: Player) -> None:
    for said, line, file in (
        ("play white noise", "White noise.", "white_noise.wav"),
        ("play some wind", "Wind.", "wind.wav"),
        ("play brown noise on the music player daemon", "Brown noise.", "brown_noise.wav"),
        ("play ocean sounds", "Waves.", "waves.wav"),
    ):
        assert await in_the_bedroom.says(said) == line
        assert file in (await heard(player)).url


async def test_a_soundscape_asked_for_twice_goes_on(in_the_bedroom: Speaker, player: Player, on_air: OnAir) -> None:
    await in_the_bedroom.says("play rain sounds")
    first, orders = await heard(player), list(player.orders)
    assert await in_the_bedroom.says("play rain sounds") == "Rain."
    assert await in_the_bedroom.says("put on rain for 30 minutes") == "Rain."
    assert player.heard == [first]
    assert not first.over.is_set()
    assert player.orders == orders
    [airing] = on_air.airings
    assert len(airing.streams) == 1
    assert airing.until is not None


async def test_one_that_was_paused_begins_again(hass: HomeAssistant, in_the_bedroom: Speaker, player: Player) -> None:
    await in_the_bedroom.says("play rain sounds")
    await hass.services.async_call("media_player", "media_pause", {"entity_id": PLAYER}, blocking=True)
    assert player.state == "pause"
    assert await in_the_bedroom.says("play rain sounds") == "Rain."
    assert player.state == "play"
    assert len(player.heard) == 2


async def test_another_one_takes_its_place(in_the_bedroom: Speaker, player: Player, on_air: OnAir) -> None:
    await in_the_bedroom.says("play rain sounds")
    rain = await heard(player)
    assert await in_the_bedroom.says("play the wind") == "Wind."
    await rain.over.wait()
    assert "wind.wav" in (await heard(player)).url
    [airing] = on_air.airings
    assert airing.soundscape is SCAPES["wind"]
    assert player.state == "play"


async def test_the_player_that_is_chosen_plays_for_a_room_without_one(
    hass: HomeAssistant, in_the_bedroom: Speaker, athena: MockConfigEntry, player: Player
) -> None:
    device = er.async_get(hass).entities[PLAYER].device_id
    dr.async_get(hass).async_update_device(str(device), area_id=None)
    assert await in_the_bedroom.says("play rain sounds") == NOWHERE
    await async_settle(hass, athena, soundscapes={"players": [PLAYER]})
    assert await in_the_bedroom.says("play rain sounds") == "Rain."


# ---- voice goes on


async def test_announcements_are_heard_while_it_rains(
    hass: HomeAssistant,
    athena: MockConfigEntry,
    in_the_bedroom: Speaker,
    player: Player,
    voice: Voice,  # noqa: F811
    put: Put,  # noqa: F811
    fetch: Fetch,
) -> None:
    satellite = Satellite("Satellite", fetch)
    await put(satellite)
    await in_the_bedroom.says("play rain sounds")
    rain = await heard(player)
    await athena.runtime_data.async_order(AudioSay(room="bedroom", text="Dinner."), Context())
    assert satellite.heard == ["Dinner."]
    assert await in_the_bedroom.says("status") != ""
    assert not rain.over.is_set()
    assert player.state == "play"


# ---- stop


async def test_stop(hass: HomeAssistant, in_the_bedroom: Speaker, player: Player, on_air: OnAir) -> None:
    for said in ("stop the rain", "stop the sounds", "turn off the rain"):
        await in_the_bedroom.says("play rain sounds")
        await heard(player)
        assert await in_the_bedroom.says(said) == "Stopped."
        await is_over(hass, player)
        assert on_air.airings == ()
        assert await in_the_bedroom.says(said) == "Nothing plays."
    await in_the_bedroom.says("play rain sounds")
    in_the_bedroom.device = None  # from anywhere, where only one plays
    assert await in_the_bedroom.says("stop the rain") == "Stopped."
    await is_over(hass, player)


async def test_rain_for_so_long_fades_and_ends_by_itself(
    in_the_bedroom: Speaker, player: Player, on_air: OnAir, fast: None
) -> None:
    player.buffer = BYTES_A_SECOND * SECONDS
    await on_air.async_round(SCAPES["rain"])  # which takes as long as it takes
    assert await in_the_bedroom.says("put on rain for 20 seconds") == "Rain."
    rain = await heard(player)
    await rain.over.wait()
    assert rain.ended_by_itself
    assert 15 * BYTES_A_SECOND < len(rain.pcm) <= 20 * BYTES_A_SECOND
    samples = array("h")
    samples.frombytes(rain.pcm)
    middle, end = samples[10 * 64_000 : 11 * 64_000], samples[-16_000:]
    assert 10 * max(map(abs, end)) < max(map(abs, middle))


async def test_a_player_that_plays_on_after_the_end_is_stopped(
    hass: HomeAssistant, in_the_bedroom: Speaker, player: Player, on_air: OnAir
) -> None:
    await in_the_bedroom.says("put on rain for 30 minutes")
    await heard(player)
    async_fire_time_changed(hass, dt_util.utcnow() + timedelta(minutes=31))
    await is_over(hass, player)
    assert on_air.airings == ()


async def test_the_alarm_ends_it_to_be_heard(
    hass: HomeAssistant, athena: MockConfigEntry, in_the_bedroom: Speaker, player: Player, on_air: OnAir
) -> None:
    await in_the_bedroom.says("play rain sounds")
    rain = await heard(player)
    runtime, now = athena.runtime_data, dt_util.utcnow()
    alarm = Alarm(id="a", time=time(7), app_stop=True)
    await runtime.async_tell(AlarmSet(room="bedroom", at=now, source="test", alarm=alarm))
    runtime.handle(AlarmTrigger(room="bedroom", at=now, source="test", alarm="a"))
    await rain.over.wait()
    await hass.async_block_till_done(wait_background_tasks=True)
    assert await in_the_bedroom.says("play rain sounds") == "Out of bed first."  # else it would be heard in its place
    assert on_air.airings == ()


async def test_sleep_keeps_it_and_an_empty_room_does_not_but_where_that_is_wished(
    hass: HomeAssistant, athena: MockConfigEntry, in_the_bedroom: Speaker, player: Player
) -> None:
    tell(athena, RoomState.OCCUPIED)
    await in_the_bedroom.says("play rain sounds")
    rain = await heard(player)
    tell(athena, RoomState.SLEEP)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert not rain.over.is_set()
    tell(athena, RoomState.EMPTY)
    await is_over(hass, player)
    await async_settle(hass, athena, soundscapes={"plays_when_empty": True})
    tell(athena, RoomState.OCCUPIED)
    await in_the_bedroom.says("play rain sounds")
    rain = await heard(player)
    tell(athena, RoomState.EMPTY)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert not rain.over.is_set()


async def test_it_ends_some_time_after_somebody_fell_asleep_where_that_is_wished(
    hass: HomeAssistant, athena: MockConfigEntry, in_the_bedroom: Speaker, player: Player
) -> None:
    await async_settle(hass, athena, soundscapes={"minutes_asleep": 20})
    tell(athena, RoomState.OCCUPIED)
    await in_the_bedroom.says("play rain sounds")
    await heard(player)
    tell(athena, RoomState.SLEEP)
    async_fire_time_changed(hass, dt_util.utcnow() + timedelta(minutes=21))
    await is_over(hass, player)


async def test_a_reload_of_athena_lets_it_rain_and_knows_when_it_ends(
    hass: HomeAssistant, athena: MockConfigEntry, in_the_bedroom: Speaker, player: Player
) -> None:
    await in_the_bedroom.says("put on rain for 30 minutes")
    rain = await heard(player)
    assert await hass.config_entries.async_reload(athena.entry_id)
    assert not rain.over.is_set()
    async_fire_time_changed(hass, dt_util.utcnow() + timedelta(minutes=31))
    await is_over(hass, player)


async def test_home_assistant_does_not_wait_for_it_when_it_stops(
    hass: HomeAssistant, in_the_bedroom: Speaker, player: Player, on_air: OnAir
) -> None:
    await in_the_bedroom.says("play rain sounds")
    await heard(player)
    await hass.async_stop(force=True)
    assert on_air.airings == ()


# ---- what cannot be


async def test_a_room_without_a_player(
    in_the_bedroom: Speaker, server: TestServer, caplog: pytest.LogCaptureFixture
) -> None:
    assert await in_the_bedroom.says("play rain sounds") == NOWHERE
    assert "No media player of Bedroom can play a soundscape" in caplog.text


async def test_a_player_that_is_not_available(
    hass: HomeAssistant, in_the_bedroom: Speaker, player: Player, on_air: OnAir, caplog: pytest.LogCaptureFixture
) -> None:
    await player.async_leave()  # and nobody has noticed yet
    assert await in_the_bedroom.says("play rain sounds") == NOWHERE
    assert f"{PLAYER} does not play Rain" in caplog.text
    await hass.services.async_call("homeassistant", "update_entity", {"entity_id": PLAYER}, blocking=True)
    assert hass.states.is_state(PLAYER, "unavailable")
    assert await in_the_bedroom.says("play rain sounds") == "I can't reach Music Player Daemon."
    assert f"{PLAYER} is not available" in caplog.text
    assert on_air.airings == ()


@pytest.mark.parametrize(("refuses", "why"), [("knows_wav", "can it play WAV?"), ("knows_http", "No such directory")])
async def test_a_player_that_refuses_the_format_or_the_address(
    in_the_bedroom: Speaker, player: Player, on_air: OnAir, caplog: pytest.LogCaptureFixture, refuses: str, why: str
) -> None:
    setattr(player, refuses, False)
    assert await in_the_bedroom.says("play rain sounds") == NOWHERE
    assert why in caplog.text
    assert on_air.airings == ()
    setattr(player, refuses, True)
    assert await in_the_bedroom.says("play rain sounds") == "Rain."


async def test_a_player_that_does_not_reach_home_assistant(
    in_the_bedroom: Speaker,
    player: Player,
    on_air: OnAir,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(soundscapes, "FETCH_SECONDS", 0.1)
    player.fetches = False
    assert await in_the_bedroom.says("play rain sounds") == NOWHERE
    assert "it has not fetched it" in caplog.text
    assert on_air.airings == ()


async def test_a_home_assistant_without_an_address(
    hass: HomeAssistant,
    in_the_bedroom: Speaker,
    player: Player,
    on_air: OnAir,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    hass.config.internal_url = None
    monkeypatch.setattr(hass.config, "api", None)
    assert await in_the_bedroom.says("play rain sounds") == NOWHERE
    assert "set the address under Settings, System, Network" in caplog.text
    assert on_air.airings == ()
    assert player.orders == []
