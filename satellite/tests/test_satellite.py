"""Whole turns, over real TCP, in real time; what goes wrong around them, and that the next turn works."""

import asyncio
import logging
from pathlib import Path

import numpy as np
import pytest
from wyoming.event import async_read_event, async_write_event
from wyoming.info import Describe, Info
from wyoming.satellite import RunSatellite

from athena_satellite import chimes
from athena_satellite.home_assistant import Patience
from athena_satellite.player import OWN_FORM
from athena_satellite.turn import steps
from athena_satellite.turn.phrases import Line
from tests.conftest import PATIENCE_SECONDS, House, living, read_wav, until
from tests.peers import PHRASE, HomePeer, Reply, TtsServer, WakeServer, room, spoken_line, wake_word

COMMAND = room(0.3) + wake_word() + room(1.5, level=2_000)


async def one_turn(house: House, home: HomePeer) -> None:
    """Do a turn that works from the wake word to the last sample."""
    played, ended = home.played, len(house.steps("end"))
    home.pipeline = HomePeer.answer
    await house.listening()
    house.say(COMMAND)
    await house.step("end", ended + 1)
    await until(lambda: home.played == played + 1, "played")


def steps_of_turns(house: House) -> list[str]:
    return [entry["step"] for entry in house.trace() if entry["turn"] is not None]


def messages(caplog: pytest.LogCaptureFixture, beginning: str) -> list[str]:
    return [text for record in caplog.records if (text := record.getMessage()).startswith(beginning)]


# --- what should be --------------------------------------------------------------------------------------------------


async def test_a_turn_from_the_wake_word_to_the_last_sample(house: House) -> None:
    async with house.home() as home:
        await one_turn(house, home)
        await house.listening()
        assert home.detections == ["hey_jarvis"]
        assert home.info is not None
        assert home.info.wake[0].models[0].phrase == PHRASE
        assert home.info.satellite is not None
        assert (home.info.satellite.name, home.info.satellite.area) == ("Living Room", "Living Room")
        assert [entry["step"] for entry in house.trace()] == [
            *("listening", "microphone", "wake", "streaming", "voice_started", "voice_stopped", "transcript"),
            *("synthesize", "first_audio", "played", "end", "listening"),
        ]
        assert len({entry["turn"] for entry in house.trace()} - {None}) == 1
        assert read_wav(house.speaker / "0001.wav") == home.reply.audio
        assert house.steps("microphone")[0]["seconds"] == pytest.approx(2.0)


async def test_no_syllable_is_lost_of_a_command_in_one_breath_with_the_wake_word(house: House) -> None:
    async with house.home() as home:
        await one_turn(house, home)
        heard = np.frombuffer(bytes(home.audio), "<i2")
        spoken = heard[heard != 12_345]
        assert len(heard) - len(spoken) <= 0.15 * 16_000 + 16  # the margin, and the milliseconds a timestamp counts in
        assert spoken[:8_000].tobytes() == room(1.5, level=2_000)[:16_000]


async def test_turn_after_turn(house: House) -> None:
    async with house.home() as home:
        for _ in range(3):
            await one_turn(house, home)
        assert home.runs == 3
        assert house.wake.streams >= 3


async def test_the_wake_word_server_hears_nothing_while_a_turn_runs_or_the_speaker_plays(house: House) -> None:
    async with house.home() as home:
        await one_turn(house, home)
        await house.listening()
        before = house.wake.streams
        await home.speak(Reply(seconds=3.0))  # longer than it takes until the wake word has been said
        await house.step("first_audio", 2)
        house.say(wake_word() + room(0.2))
        await house.step("played", 2)
        await house.listening()
        assert house.wake.streams == before + 1
        assert len(house.steps("wake")) == 1


async def test_an_announcement_is_played_and_reported_at_its_end(house: House) -> None:
    async with house.home() as home:
        await house.listening()
        await home.speak(Reply(seconds=0.7))
        await until(lambda: home.played == 1, "played")
        assert [entry["step"] for entry in house.trace()][1:3] == ["first_audio", "played"]
        chime = chimes.announcement(OWN_FORM)
        assert house.steps("played")[0]["seconds"] == pytest.approx(1.0, abs=0.01)
        assert read_wav(house.speaker / "0001.wav") == chime + Reply(seconds=0.7).audio


async def test_describe_is_answered_on_connections_of_its_own_while_a_turn_runs(house: House) -> None:
    async with house.home() as home:
        home.pipeline = HomePeer.ignore
        await house.listening()
        house.say(COMMAND)
        await house.step("streaming")
        infos = await asyncio.gather(*(describe(house) for _ in range(50)))
        assert {info.satellite.name for info in infos if info.satellite} == {"Living Room"}
        assert len(infos) == 50
        assert not home.closed.is_set()


async def describe(house: House) -> Info:
    reader, writer = await asyncio.open_connection(house.settings.address.host, house.settings.address.port)
    try:
        await async_write_event(Describe().event(), writer)
        event = await async_read_event(reader)
        assert event is not None
        return Info.from_event(event)
    finally:
        writer.close()
        await writer.wait_closed()


async def test_muted_it_hears_nothing_and_unmuted_it_hears_again(house: House) -> None:
    async with house.home() as home:
        await house.listening()
        await home.pause()
        await house.heard(COMMAND)
        async with house.home() as again:  # Home Assistant unmutes by dialling anew
            await house.step("listening", 2)
            await one_turn(house, again)
            assert again.runs == 1
        assert home.runs == 0


# --- persona ---------------------------------------------------------------------------------------------------------


async def test_silence_after_the_wake_word(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "COMMAND_SECONDS", 5.0)
    monkeypatch.setattr(steps, "VOICE_SECONDS", 1.0)
    async with house.home() as home:
        home.pipeline = HomePeer.understand_nothing
        await house.listening()
        house.say(room(0.3) + wake_word())
        await house.spoken(Line.NOT_CAUGHT)
        await house.step("end")
        assert "voice_started" not in steps_of_turns(house)
        assert len(home.audio) >= 5 * 32_000 - 3_200  # it may be one that never tells of a voice
        assert spoken_line(read_wav(house.speaker / "0001.wav")) == Line.NOT_CAUGHT
        assert home.played == 0
        await one_turn(house, home)
        home.pipeline = HomePeer.understand_nothing
        await house.listening()
        house.say(room(0.3) + wake_word())
        await house.spoken(Line.NOT_CAUGHT, 2)
        await house.step("end", 3)
        assert 1 * 32_000 - 3_200 <= len(home.audio) < 4 * 32_000  # it told of one
        await one_turn(house, home)


async def test_a_duplicate_wake_up_is_silent(house: House) -> None:
    async with house.home() as home:

        async def stand_down(peer: HomePeer) -> None:
            await peer.fail("duplicate_wake_up_detected", "Duplicate wake-up detected for Hey Jarvis")

        home.pipeline = stand_down
        await house.listening()
        house.say(COMMAND)
        await house.step("end")
        assert house.steps("spoken") == []
        assert list(house.speaker.iterdir()) == []
        await one_turn(house, home)


async def test_a_wake_word_that_home_assistants_set_up_keeps_is_silent(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "BEGIN_SECONDS", 1.0)
    async with house.home() as home:
        home.pipeline = HomePeer.intercept
        await house.listening()
        house.say(COMMAND)
        await house.step("end")
        assert steps_of_turns(house) == ["wake", "streaming", "unanswered", "end"]
        assert list(house.speaker.iterdir()) == []
        monkeypatch.undo()
        await one_turn(house, home)


async def test_an_error_in_home_assistant_is_said(house: House) -> None:
    async with house.home() as home:

        async def fail(peer: HomePeer) -> None:
            await peer.fail("intent-failed", "Unexpected error during intent recognition")

        home.pipeline = fail
        await house.listening()
        house.say(COMMAND)
        await house.spoken(Line.WENT_WRONG)
        assert house.steps("error")[0]["code"] == "intent-failed"
        await one_turn(house, home)


async def test_woken_while_home_assistant_is_away_and_once_it_is_back(house: House) -> None:
    await until(lambda: len(house.tts.texts) == len(Line), "the clips")
    await until(lambda: house.wake.streams == 1, "the wake word server hears")
    house.say(COMMAND)
    await house.spoken(Line.OFFLINE)
    async with house.home() as home:
        await house.spoken(Line.BACK_ONLINE)
        await one_turn(house, home)


# --- what bad input gets ---------------------------------------------------------------------------------------------


async def test_a_wake_server_that_is_down_at_start(
    tts: TtsServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with WakeServer.reserved() as wake, living(wake, tts, tmp_path) as house, house.home() as home:
        await until(lambda: "Wake word server" in caplog.text, "the log")
        assert house.steps("listening") == []
        await wake.start()
        await one_turn(house, home)
    assert messages(caplog, "Wake word server") == [
        f"Wake word server {wake.address} is away: nothing listens there; trying again",
        f"Wake word server {wake.address} is back",
    ]


async def test_a_wake_server_that_is_killed(house: House, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    async with house.home() as home:
        await one_turn(house, home)
        await house.listening()
        await house.wake.kill()
        await until(lambda: "is away" in caplog.text, "the log")
        await house.wake.start()
        await one_turn(house, home)
    told = [text.partition(" is ")[2].partition(":")[0] for text in messages(caplog, "Wake word server")]
    assert told[-2:] == ["away", "back"]


async def test_a_wake_server_that_is_killed_in_mid_turn(house: House) -> None:
    async with house.home() as home:
        await house.listening()
        house.say(COMMAND)
        await house.step("streaming")
        await house.wake.kill()
        await house.step("end")
        await house.wake.start()
        await one_turn(house, home)


async def test_a_tts_server_that_is_down_at_start(
    wake: WakeServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with TtsServer.reserved() as tts, living(wake, tts, tmp_path) as house:
        await until(lambda: house.wake.streams == 1, "the wake word server hears")
        house.say(COMMAND)
        await house.step("end")
        assert '"I\'m offline." is not said' in caplog.text
        async with house.home() as home:
            await one_turn(house, home)
            await tts.start()
            await until(lambda: len(tts.texts) == len(Line), "the clips")
            await tts.kill()
            home.cut()
            await until(home.closed.is_set, "the end of the connection")
        await until(lambda: "is gone" in caplog.text or house.steps("end"), "the loss")
        house.say(COMMAND)
        await house.spoken(Line.OFFLINE)


async def test_home_assistant_restarted_in_mid_turn(house: House) -> None:
    await until(lambda: len(house.tts.texts) == len(Line), "the clips")
    async with house.home() as home:
        home.pipeline = HomePeer.ignore
        await house.listening()
        house.say(COMMAND)
        await house.step("streaming")
        home.cut()
        await house.spoken(Line.OFFLINE)
        await house.step("end")
    async with house.home() as again:
        await house.spoken(Line.BACK_ONLINE)
        await one_turn(house, again)


async def test_home_assistant_dialling_anew_while_its_old_connection_hangs(house: House) -> None:
    async with house.home() as stale:
        stale.pipeline = HomePeer.ignore
        await house.listening()
        house.say(COMMAND)
        await house.step("streaming")
        async with house.home() as fresh:
            await until(stale.closed.is_set, "the old connection's end")
            await house.spoken(Line.WENT_WRONG)
            await one_turn(house, fresh)


async def test_home_assistant_silent_without_a_goodbye(wake: WakeServer, tts: TtsServer, tmp_path: Path) -> None:
    patience = Patience(ping=0.2, lost=0.5, look=0.05)
    async with living(wake, tts, tmp_path, patience) as house:
        await until(lambda: len(house.tts.texts) == len(Line), "the clips")
        reader, writer = await asyncio.open_connection(house.settings.address.host, house.settings.address.port)
        await async_write_event(RunSatellite().event(), writer)
        async with asyncio.timeout(PATIENCE_SECONDS):
            while (event := await async_read_event(reader)) is not None:
                assert event.type == "ping"  # it is asked, and does not answer
        writer.close()
        await until(lambda: house.wake.streams >= 1, "the wake word server hears")
        house.say(COMMAND)
        await house.spoken(Line.OFFLINE)


async def test_home_assistant_that_only_answers_pings_is_kept(wake: WakeServer, tts: TtsServer, tmp_path: Path) -> None:
    patience = Patience(ping=0.2, lost=2.0, look=0.05)
    async with living(wake, tts, tmp_path, patience) as house, house.home() as home:
        await until(lambda: home.pings >= 12, "pings for longer than a silence may last")
        assert not home.closed.is_set()


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (b"this is not Wyoming\n", "header is not JSON"),
        (b"[1, 2]\n", "header is not a JSON object"),
        (b'{"type": 7}\n', "header has no event type"),
        (b'{"type": "audio-chunk", "payload_length": 10000000000}\n', "payload_length of 10000000000 bytes is over"),
        (b'{"type": "describe", "data_length": -1}\n', "data_length is not a length: -1"),
        (b"x" * 100_000, "header is too long"),
    ],
    ids=["malformed header", "header is a list", "no type", "payload of 10 GB", "negative length", "endless header"],
)
async def test_a_peer_that_does_not_speak_wyoming(
    house: House, caplog: pytest.LogCaptureFixture, sent: bytes, reason: str
) -> None:
    async with house.home() as home:
        reader, writer = await asyncio.open_connection(house.settings.address.host, house.settings.address.port)
        writer.write(sent)
        async with asyncio.timeout(PATIENCE_SECONDS):
            error = await async_read_event(reader)
            assert await reader.read() == b""
        assert error is not None
        assert (error.type, error.data["code"]) == ("error", "protocol-error")
        assert reason in error.data["text"]
        assert f"{writer.get_extra_info('sockname')[1]} does not speak Wyoming: {error.data['text']}" in caplog.text
        writer.close()
        assert not home.closed.is_set()


@pytest.mark.parametrize(
    "event",
    [
        b'{"type": "transcript"}\n',
        b'{"type": "audio-start", "data": {"rate": "fast", "width": 2, "channels": 1}}\n',
        b'{"type": "audio-start", "data": {"rate": 22050, "width": 0, "channels": 1}}\n',
        b'{"type": "error", "data": {}}\n',
    ],
)
async def test_home_assistant_sending_nonsense_loses_its_connection_and_may_come_back(
    house: House, event: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    async with house.home() as home:
        home._writer.write(event)
        await until(home.closed.is_set, "the connection's end")
    assert "does not speak Wyoming" in caplog.text
    async with house.home() as again:
        await one_turn(house, again)
