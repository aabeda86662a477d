"""How an alarm is heard: by a clip and a line, cycle after cycle (issue: the audible side of rules 7 and 8)."""

import asyncio
from collections.abc import Coroutine
from typing import Any, Final

import pytest
from homeassistant.components.assist_satellite.entity import AssistSatelliteState
from homeassistant.components.media_player.const import MediaPlayerEntityFeature
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.audio import turn
from custom_components.athena.brain.commands import AlarmStop, AudioPlay, AudioSay
from custom_components.athena.brain.room_state import Why
from custom_components.athena.output import LeftOut
from custom_components.athena.outputs import sound
from custom_components.athena.outputs.alarm import AlarmStopOutput
from custom_components.athena.outputs.sound import SoundOutput
from custom_components.athena.outputs.speech import SpeechOutput
from custom_components.athena.rooms import RoomConfig

from .conftest import Put
from .loudspeakers import ALL_OF_A_PLAYER, Fetch, Player, Satellite, Voice

pytestmark = pytest.mark.usefixtures("voice")

LINE: Final = "Arman, wake up now."
CYCLE: Final = ["alarm-6.wav", LINE]
LEFT_OUT: Final = [LeftOut.BUSY, LeftOut.BUSY]


class Ringing:
    """An alarm of the bedroom."""

    def __init__(self, hass: HomeAssistant, entry: MockConfigEntry, room: RoomConfig) -> None:
        self.hass = hass
        self.room = room
        self._play = SoundOutput(entry)
        self._say = SpeechOutput(entry)
        self._stop = AlarmStopOutput(entry)

    async def cycle(self, volume: float = 1.0) -> list[LeftOut | BaseException | None]:
        """Order what the brain orders every twelve seconds, both at once, and return how that went."""
        context = Context()
        play = AudioPlay(room=self.room.room, sound="alarm", volume=volume, urgent=True)
        line = AudioSay(room=self.room.room, text=LINE, volume=volume, urgent=True)
        outcomes = await asyncio.gather(
            self._play.async_carry_out(self.hass, self.room, play, context),
            self._say.async_carry_out(self.hass, self.room, line, context),
            return_exceptions=True,
        )
        return list(outcomes)

    async def stop(self) -> None:
        """Order the end."""
        command = AlarmStop(room=self.room.room, alarm="a", occurrence=dt_util.utcnow(), why=Why.OUT_OF_BED)
        await self._stop.async_carry_out(self.hass, self.room, command, Context())

    async def say(self, text: str) -> LeftOut | None:
        """Order a line that is not urgent."""
        return await self._say.async_carry_out(
            self.hass, self.room, AudioSay(room=self.room.room, text=text), Context()
        )

    async def play(self, name: str) -> LeftOut | None:
        """Order a sound that is not urgent."""
        return await self._play.async_carry_out(
            self.hass, self.room, AudioPlay(room=self.room.room, sound=name), Context()
        )


@pytest.fixture
def alarm(hass: HomeAssistant, entry: MockConfigEntry, room: RoomConfig) -> Ringing:
    """Return an alarm."""
    return Ringing(hass, entry, room)


@pytest.fixture
async def satellite(put: Put, fetch: Fetch) -> Satellite:
    """Return the bedroom's satellite, which has no volume."""
    satellite = Satellite("satellite", fetch)
    await put(satellite)
    return satellite


async def test_the_line_follows_the_clip(alarm: Ringing, satellite: Satellite) -> None:
    assert await alarm.cycle() == [None, None]
    assert satellite.heard == CYCLE
    assert await alarm.cycle() == [None, None]
    assert satellite.heard == CYCLE * 2


async def test_a_satellite_without_a_volume_gets_a_louder_clip(alarm: Ringing, satellite: Satellite) -> None:
    for volume in (0.1, 0.4, 0.7, 1.0):
        await alarm.cycle(volume)
    assert satellite.heard[::2] == ["alarm-1.wav", "alarm-3.wav", "alarm-5.wav", "alarm-6.wav"]


async def test_a_cycle_is_left_out_while_the_one_before_is_heard(alarm: Ringing, satellite: Satellite) -> None:
    satellite.goes_on.clear()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(alarm.cycle())
        await satellite.playing.wait()
        for _ in range(5):
            assert await alarm.cycle() == LEFT_OUT
        satellite.goes_on.set()
    assert satellite.began == satellite.heard == CYCLE
    await alarm.cycle()
    assert satellite.heard == CYCLE * 2


@pytest.mark.parametrize("state", [AssistSatelliteState.LISTENING, AssistSatelliteState.PROCESSING])
async def test_a_request_that_is_being_spoken_comes_first_for_one_cycle(
    alarm: Ringing, satellite: Satellite, state: AssistSatelliteState
) -> None:
    satellite.show(state)
    assert await alarm.cycle() == LEFT_OUT
    assert satellite.began == []
    await alarm.cycle()
    assert satellite.heard == CYCLE


async def test_a_satellite_that_is_stuck_in_a_reply_is_used_all_the_same_in_the_third_cycle(
    alarm: Ringing, satellite: Satellite
) -> None:
    for _ in range(2):
        satellite.show(AssistSatelliteState.RESPONDING)
        await alarm.cycle()
    assert satellite.began == []
    await alarm.cycle()
    assert satellite.heard == CYCLE


async def test_the_next_reply_is_waited_for_anew(alarm: Ringing, satellite: Satellite) -> None:
    satellite.show(AssistSatelliteState.LISTENING)
    await alarm.cycle()
    await alarm.cycle()
    satellite.show(AssistSatelliteState.LISTENING)
    await alarm.cycle()
    assert satellite.heard == CYCLE


async def test_an_announcement_that_hangs_does_not_silence_the_alarm(
    alarm: Ringing, satellite: Satellite, monkeypatch: pytest.MonkeyPatch
) -> None:
    satellite.goes_on.clear()
    monkeypatch.setattr(turn, "ALARM_SECONDS", 0.0)
    assert all(isinstance(outcome, HomeAssistantError) for outcome in await alarm.cycle())
    monkeypatch.undo()
    satellite.goes_on.set()
    satellite.heard.clear()
    assert await alarm.cycle() == [None, None]
    assert satellite.heard == CYCLE


async def test_what_is_said_gives_way_to_an_alarm(
    alarm: Ringing, satellite: Satellite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turn, "GIVE_WAY_SECONDS", 0.0)
    satellite.goes_on.clear()
    async with asyncio.TaskGroup() as tasks:
        briefing = tasks.create_task(_failure(alarm.say("Here is all that is new in the world.")))
        await satellite.playing.wait()
        ringing = tasks.create_task(alarm.cycle())
        assert isinstance(await briefing, HomeAssistantError)
        satellite.goes_on.set()
        assert await ringing == [None, None]
    assert satellite.heard == CYCLE


async def _failure(order: Coroutine[Any, Any, object]) -> HomeAssistantError | None:
    try:
        await order
    except HomeAssistantError as err:
        return err
    return None


async def test_once_it_is_stopped_the_greeting_is_heard_and_no_line_of_the_alarm(
    alarm: Ringing, satellite: Satellite
) -> None:
    satellite.goes_on.clear()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(alarm.cycle())
        await satellite.playing.wait()
        await alarm.stop()
        tasks.create_task(alarm.say("Good morning, Arman."))
        await asyncio.sleep(0)
        satellite.goes_on.set()
    assert satellite.heard == ["alarm-6.wav", "Good morning, Arman."]


async def test_a_bounded_number_of_lines_waits(alarm: Ringing, satellite: Satellite) -> None:
    satellite.goes_on.clear()
    async with asyncio.TaskGroup() as tasks:
        for number in range(10):
            tasks.create_task(alarm.say(f"Line {number}."))
        await satellite.playing.wait()
        satellite.goes_on.set()
    assert satellite.heard == ["Line 0.", "Line 1.", "Line 2."]


async def test_what_is_not_urgent_is_left_out_where_the_satellite_is_busy(alarm: Ringing, satellite: Satellite) -> None:
    satellite.show(AssistSatelliteState.RESPONDING)
    assert await alarm.say("Welcome back, Arman.") is LeftOut.BUSY
    assert await alarm.play("wake") is LeftOut.BUSY
    assert satellite.began == []
    satellite.show(AssistSatelliteState.IDLE)
    assert await alarm.play("wake") is None
    assert satellite.heard == ["wake-4.wav"]


async def test_one_satellite_that_is_gone_takes_nothing_from_the_other(alarm: Ringing, put: Put, fetch: Fetch) -> None:
    gone, there = Satellite("gone", fetch), Satellite("there", fetch)
    await put(gone, there)
    gone.failure = ConnectionError("Satellite is not connected")
    assert await alarm.cycle() == [None, None]
    assert there.heard == CYCLE


async def test_an_unforeseen_fault_of_one_satellite_is_logged_and_takes_nothing_from_the_other(
    alarm: Ringing, put: Put, fetch: Fetch, caplog: pytest.LogCaptureFixture
) -> None:
    broken, there = Satellite("broken", fetch), Satellite("there", fetch)
    await put(broken, there)
    broken.failure = ZeroDivisionError("half a metre of cable")
    assert await alarm.cycle() == [None, None]
    assert there.heard == CYCLE
    assert "half a metre of cable" in caplog.text


async def test_a_room_in_which_nothing_can_be_heard_says_so(alarm: Ringing) -> None:
    outcomes = await alarm.cycle()
    assert [getattr(outcome, "translation_key", None) for outcome in outcomes] == ["unheard", "unheard"]


async def test_a_room_without_a_satellite_is_silent_where_nothing_is_urgent(
    alarm: Ringing, put: Put, fetch: Fetch
) -> None:
    player = Player("player", fetch)
    await put(player)
    assert await alarm.say("Welcome back, Arman.") is LeftOut.NO_SATELLITE
    assert await alarm.play("wake") is LeftOut.NO_SATELLITE
    assert player.began == []


async def test_a_clip_that_is_not_fetched_is_not_taken_for_heard(
    alarm: Ringing, satellite: Satellite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without ffmpeg's way to Home Assistant a Wyoming satellite announces nothing, and reports success."""
    monkeypatch.setattr(sound, "FETCH_SECONDS", 0.0)
    satellite.fetches = False
    outcomes = await alarm.cycle()  # of the line nothing is known, so it is not believed either
    assert [getattr(outcome, "translation_key", None) for outcome in outcomes] == ["unheard", "unheard"]
    [clip, _] = outcomes
    assert isinstance(clip, HomeAssistantError)
    assert clip.translation_placeholders is not None
    assert "has not fetched" in clip.translation_placeholders["reason"]
    satellite.fetches = True
    monkeypatch.undo()
    assert await alarm.cycle() == [None, None]


async def test_where_no_satellite_can_be_heard_the_players_of_the_room_ring(
    alarm: Ringing, put: Put, fetch: Fetch, voice: Voice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turn.Turn, "rest", lambda *_: None)  # three seconds for the clip
    gone, player = Satellite("gone", fetch), Player("player", fetch)
    await put(gone, player)
    gone.failure = ConnectionError("Satellite is not connected")
    assert await alarm.cycle() == [None, None]
    assert player.heard[0] == "alarm-6.wav"
    assert player.announced == [True, True]
    assert voice.said == [(LINE, None)]
    await alarm.stop()
    assert player.volumes == [1.0, 0.3]


async def test_a_player_finishes_the_clip_before_the_line(
    alarm: Ringing, put: Put, fetch: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    rests: list[float] = []
    monkeypatch.setattr(turn.Turn, "rest", lambda _turn, seconds: rests.append(seconds))
    player = Player("player", fetch)
    await put(player)
    await alarm.cycle()
    assert rests[0] == 3.0


async def test_a_player_that_is_gone_or_plays_nothing_is_no_way_to_be_heard(
    alarm: Ringing, put: Put, fetch: Fetch
) -> None:
    gone, remote = Player("gone", fetch), Player("remote", fetch)
    remote._attr_supported_features = ALL_OF_A_PLAYER & ~MediaPlayerEntityFeature.PLAY_MEDIA
    await put(gone, remote)
    gone.show(None)
    assert all(isinstance(outcome, HomeAssistantError) for outcome in await alarm.cycle())


async def test_a_satellite_with_a_volume_is_turned_up_and_put_back(
    hass: HomeAssistant, alarm: Ringing, put: Put, fetch: Fetch
) -> None:
    satellite, player = Satellite("satellite", fetch, device="box"), Player("player", fetch, device="box")
    await put(satellite, player)
    await player.async_mute_volume(True)
    await alarm.cycle(0.5)
    await alarm.cycle(0.9)
    assert satellite.heard == CYCLE * 2  # the loudest clip: the volume makes the rest
    assert player.volumes == [0.5, 0.9]
    assert player.is_volume_muted is False
    await alarm.stop()
    assert player.volume_level == 0.3
    assert player.is_volume_muted is True


async def test_a_volume_that_a_person_has_changed_since_is_left_alone(alarm: Ringing, put: Put, fetch: Fetch) -> None:
    satellite, player = Satellite("satellite", fetch, device="box"), Player("player", fetch, device="box")
    await put(satellite, player)
    await alarm.cycle()
    await player.async_set_volume_level(0.6)
    await alarm.stop()
    assert player.volume_level == 0.6


async def test_the_volume_is_put_back_when_athena_is_unloaded(
    hass: HomeAssistant, alarm: Ringing, put: Put, fetch: Fetch, entry: MockConfigEntry
) -> None:
    satellite, player = Satellite("satellite", fetch, device="box"), Player("player", fetch, device="box")
    await put(satellite, player)
    await alarm.cycle()
    await entry._async_process_on_unload(hass)
    assert player.volume_level == 0.3


async def test_a_volume_that_cannot_be_set_does_not_silence_the_alarm(
    alarm: Ringing, put: Put, fetch: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(_player: Player, volume: float) -> None:
        raise ZeroDivisionError(f"{volume} is too much")

    monkeypatch.setattr(Player, "async_set_volume_level", refuse)
    satellite, player = Satellite("satellite", fetch, device="box"), Player("player", fetch, device="box")
    await put(satellite, player)
    assert await alarm.cycle() == [None, None]
    assert satellite.heard == CYCLE


async def test_a_sound_that_there_is_not_is_refused_by_name(alarm: Ringing, satellite: Satellite) -> None:
    with pytest.raises(HomeAssistantError) as refusal:
        await alarm.play("siren")
    assert refusal.value.translation_key == "unknown_sound"
    assert refusal.value.translation_placeholders == {"sound": "siren", "sounds": "alarm, wake"}
