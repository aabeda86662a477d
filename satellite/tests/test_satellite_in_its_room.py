"""A satellite in a room, over real TCP and in real time: what it does beside the plain turn."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from wyoming.audio import AudioStart, AudioStop
from wyoming.ping import Ping
from wyoming.timer import TimerFinished, TimerStarted
from wyoming.tts import Synthesize
from wyoming.wake import Detection

from athena_satellite import chimes, player, satellite
from athena_satellite.player import OWN_FORM
from athena_satellite.turn.phrases import Line
from tests.conftest import House, living, read_wav, until
from tests.loopback import Air, Ear, Loudspeaker
from tests.peers import HomePeer, Reply, TtsServer, WakeServer, room, wake_word

COMMAND = room(0.3) + wake_word() + room(1.5, level=2_000)


@asynccontextmanager
async def airy(
    monkeypatch: pytest.MonkeyPatch, wake: WakeServer, tts: TtsServer, folder: Path, **more: Any
) -> AsyncIterator[tuple[House, Air]]:
    """A house whose microphone hears its loudspeaker."""
    air = Air()
    monkeypatch.setattr(satellite, "create_speaker", lambda _: Loudspeaker(air))
    monkeypatch.setattr(satellite, "create_microphone", lambda _, __: Ear(air))
    async with living(wake, tts, folder, **more) as house:
        yield house, air


def press(button: signal.Signals) -> None:
    os.kill(os.getpid(), button)


# --- what Home Assistant hears --------------------------------------------------------------------------------------


async def test_no_chime_and_no_reply_leaks_into_what_home_assistant_hears_and_no_syllable_is_lost(
    monkeypatch: pytest.MonkeyPatch, wake: WakeServer, tts: TtsServer, tmp_path: Path
) -> None:
    heard: list[bytes] = []

    async def ask_back(home: HomePeer) -> None:
        if home.runs == 1:
            await home.answer()
        else:
            heard[0:0] = [first]
            await home.heard(1.5)
            heard.append(bytes(home.audio))
            await home.fail("stt-no-text-recognized", "No text recognized")

    async with (
        airy(monkeypatch, wake, tts, tmp_path, heard_chime=True) as (house, air),
        house.home() as home,
    ):
        home.pipeline, home.reply = ask_back, Reply(text="Which lamp?", seconds=0.6)
        await house.listening()
        air.say(COMMAND)
        await house.step("first_audio")
        first = bytes(home.audio)
        await house.step("follow_up")
        air.say(room(1.0, level=9_000))
        await house.step("end", 2)
        assert home.detections == ["hey_jarvis"]  # the answer needed no wake word
        assert home.stages == ["asr", "asr"]
        assert house.steps("spoken") == []  # nor would silence have been remarked upon
        turns = [entry["turn"] for entry in house.steps("end")]
        assert turns[1] == f"{turns[0]}.1"
        assert house.wake.contexts[0] == {"turn": turns[0]}
        assert np.abs(air.played).max() > 5_000  # there was something to leak
        assert all(air.is_spoken(audio) for audio in heard)
        assert heard[0].count(room(1.5, level=2_000)[:16_000]) == 1
        assert room(1.0, level=9_000)[:16_000] in heard[1]


# --- announcements --------------------------------------------------------------------------------------------------


async def test_an_announcement_in_one_burst_waits_in_the_wire_for_its_turn_and_nothing_of_it_is_lost(
    monkeypatch: pytest.MonkeyPatch, house: House
) -> None:
    monkeypatch.setattr(player, "MAX_WAITING_BYTES", 20_000)
    reply = Reply(seconds=3.0)
    async with house.home() as home:
        await home.speak(reply)
        await until(lambda: home.played == 1, "played")
        assert read_wav(house.speaker / "0001.wav") == chimes.announcement(OWN_FORM) + reply.audio


async def test_ten_minutes_in_one_burst_are_taken_at_once_and_pings_are_answered(house: House) -> None:
    async with house.home() as home:
        await home.speak(Reply(seconds=600.0))
        await house.step("first_audio")
        pongs = home.pongs
        await home.send(Ping())
        await until(lambda: home.pongs > pongs, "a pong")
        assert not home.closed.is_set()
        assert home.played == 0
        press(signal.SIGUSR2)
        await until(lambda: home.played == 1, "silence on demand")
        await house.listening()


# --- timers ---------------------------------------------------------------------------------------------------------


def says_its_name(path: Path) -> bool:
    """Return whether a round of the alarm ends in a line that is none of the satellite's own."""
    return int(np.max(np.frombuffer(read_wav(path), "<i2")[-30_000:])) == 1_000 + 100 * len(Line)


async def test_a_timer_rings_while_home_assistant_is_away_and_the_wake_word_stops_it(house: House) -> None:
    async with house.home() as home:
        await home.send(TimerStarted(id="1", total_seconds=1, name="pasta"))
        await until(lambda: "Pasta timer." in house.tts.texts, "the clip")
    await house.step("timer")
    await until(lambda: list(house.speaker.glob("*.wav")), "the first round")
    assert read_wav(house.speaker / "0001.wav").startswith(chimes.alarm(OWN_FORM))
    await until(lambda: any(map(says_its_name, house.speaker.glob("*.wav"))), "its name")
    house.say(room(0.3) + wake_word() + room(0.3))
    await house.step("silenced")
    assert house.steps("wake") == []
    assert house.steps("spoken") == []


async def test_a_timer_rings_once_whichever_clock_comes_first(house: House) -> None:
    async with house.home() as home:
        await home.send(TimerStarted(id="1", total_seconds=0))
        await house.step("timer")
        press(signal.SIGUSR2)
        await house.step("silenced")
        await home.send(TimerFinished(id="1"))
        await home.speak(Reply(seconds=0.1))
        await house.step("played")
        assert len(house.steps("timer")) == 1
        await home.send(TimerFinished(id="2"))  # of one that was set while the satellite did not run
        await house.step("timer", 2)


async def test_a_timer_survives_a_restart(wake: WakeServer, tts: TtsServer, tmp_path: Path) -> None:
    memory = tmp_path / "memory.json"
    async with living(wake, tts, tmp_path, memory=memory) as house, house.home() as home:
        await home.send(TimerStarted(id="1", total_seconds=2, name="pasta"))
        await until(lambda: memory.exists() and "pasta" in memory.read_text(), "the memory")
    async with living(wake, tts, tmp_path, memory=memory) as house:
        await house.step("timer")


async def test_a_timer_that_rang_as_the_satellite_ended_rings_again_until_somebody_stops_it(
    wake: WakeServer, tts: TtsServer, tmp_path: Path
) -> None:
    memory = tmp_path / "memory.json"
    async with living(wake, tts, tmp_path, memory=memory) as house, house.home() as home:
        await home.send(TimerFinished(id="1"))
        await house.step("timer")
        await until(lambda: memory.exists() and '"id"' in memory.read_text(), "the memory")
    async with living(wake, tts, tmp_path, memory=memory) as house:
        await house.step("timer", 2)
        press(signal.SIGUSR2)
        await house.step("silenced")
        await until(lambda: '"id"' not in memory.read_text(), "the end of the memory")


async def test_told_to_end_it_falls_silent_at_once(
    monkeypatch: pytest.MonkeyPatch, wake: WakeServer, tts: TtsServer, tmp_path: Path
) -> None:
    async with airy(monkeypatch, wake, tts, tmp_path) as (house, air), house.home() as home:
        await home.send(TimerFinished(id="1"))
        await until(lambda: np.abs(air.played).max() > 1_000, "the alarm")
    assert air.silenced == 1


# --- mute -----------------------------------------------------------------------------------------------------------


async def test_muted_by_a_button_nothing_is_heard_until_it_is_pressed_again(
    wake: WakeServer, tts: TtsServer, tmp_path: Path
) -> None:
    memory = tmp_path / "memory.json"
    async with living(wake, tts, tmp_path, memory=memory) as house, house.home() as home:
        await until(lambda: len(tts.texts) == len(Line), "the clips")
        await house.listening()
        press(signal.SIGUSR1)
        await house.spoken(Line.MICROPHONE_OFF)
        await until(memory.exists, "the memory")
    async with living(wake, tts, tmp_path, memory=memory) as house, house.home() as home:
        await until(lambda: home.info, "Home Assistant's connection")
        await house.heard(COMMAND)
        assert home.runs == 0
        assert house.steps("wake") == []
        await until(lambda: len(tts.texts) == 2 * len(Line), "the clips")
        press(signal.SIGUSR1)
        await house.spoken(Line.MICROPHONE_ON)
        await house.listening()
        house.say(COMMAND)
        await house.step("end")
        assert home.runs == 1


# --- Home Assistant finds the wake word -----------------------------------------------------------------------------


async def find_wake_word(home: HomePeer) -> None:
    """Hear the wake word, then a command, as Home Assistant does from one stream; begin anew, as it does by itself."""
    while True:
        while wake_word() not in bytes(home.audio):
            await home.heard(len(home.audio) / 32_000 + 0.01)
        home.audio.clear()
        await home.send(Detection(name="hey_jarvis"))
        await home.answer()
        await home.audio_ended.wait()
        home.audio.clear()


async def test_home_assistant_finds_the_wake_word_in_one_stream_and_is_asked_anew_after_an_error(
    wake: WakeServer, tts: TtsServer, tmp_path: Path
) -> None:
    async def refuse_once(home: HomePeer) -> None:
        if home.runs == 1:
            await home.fail("wake-engine-missing", "No wake word engine")
        else:
            await find_wake_word(home)

    async with living(wake, tts, tmp_path, remote_wake=True) as house, house.home() as home:
        home.pipeline = refuse_once
        await until(lambda: home.stages == ["wake", "wake"], "being asked again")
        for number in (1, 2):
            await house.listening()
            house.say(COMMAND)
            await house.step("end", number)
        assert home.stages == ["wake", "wake"]  # it began the third run by itself
        assert home.detections == []
        assert home.info is not None
        assert home.info.satellite is not None
        assert home.info.wake == []
        assert home.info.satellite.active_wake_words == []
    assert wake.connections == 0


async def test_a_reply_whose_audio_comes_in_real_time_with_gaps_is_played_whole(house: House) -> None:
    async def hesitate(home: HomePeer) -> None:
        await home.heard(0.5)
        for part in range(3):
            if part == 0:
                await home.send(AudioStart(rate=22_050, width=2, channels=1))
            await home.speak_on(Reply(seconds=0.3, level=3_000 + part))
            await asyncio.sleep(0.6)
        await home.send(Synthesize(text="Lamp on."))
        await home.send(AudioStop())

    async with house.home() as home:
        home.pipeline = hesitate
        await house.listening()
        house.say(COMMAND)
        await house.step("played")
        samples = np.frombuffer(read_wav(house.speaker / "0001.wav"), "<i2")
        for part in range(3):  # but for the edges, which rise and fall
            assert np.count_nonzero(samples == 3_000 + part) > 0.27 * 22_050
        assert np.abs(np.diff(samples.astype(int))).max() < 100 + 3_000 // 10  # no click, but for its own beginning
        assert house.steps("error") == []
        assert home.played == 1
