"""The speech-to-text server, over TCP, with the real engine and real audio."""

import asyncio

import numpy as np
import pytest
from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.error import Error
from wyoming.info import Describe, Info
from wyoming.ping import Ping, Pong

from athena_voice.audio import Samples
from athena_voice.stt.service import LONGEST

from ..conftest import AUDIO, SHARED_AUDIO, Client, Recording, Running, recording

LAMP = "turn on the living room lamp"
WHERE_NOBODY_SPEAKS = pytest.mark.parametrize(
    "samples",
    [
        np.zeros(0, np.int16),
        np.zeros(1, np.int16),
        np.zeros(48_000, np.int16),
        np.random.default_rng(1).normal(0, 2000, 48_000).astype(np.int16),
        np.full(48_000, 32767, np.int16),
    ],
    ids=["empty", "one sample", "silence", "noise", "constant"],
)


async def transcript(client: Client, recorded: Recording) -> str:
    """Say a recording and return what was understood."""
    await client.send(Transcribe(language="en"))
    await client.play(recorded)
    return Transcript.from_event(await client.receive()).text


async def understood(server: Running, samples: Samples) -> str:
    """Return what is understood of 16 kHz mono."""
    async with server.client() as client:
        return await transcript(client, Recording(rate=16000, width=2, channels=1, audio=samples.tobytes()))


async def test_info_is_what_home_assistant_needs(server: Running) -> None:
    async with server.client() as client:
        await client.send(Describe())
        (program,) = Info.from_event(await client.receive()).asr
    (model,) = program.models
    assert program.installed
    assert model.installed
    assert model.languages == ["en"]
    assert program.requires_external_vad
    assert program.attribution.url


async def test_a_persons_command_in_44100_hz_stereo(server: Running) -> None:
    async with server.client() as client:
        assert await transcript(client, recording(SHARED_AUDIO / "turn_on_the_living_room_lamp.wav")) == LAMP


async def test_a_persons_other_command(server: Running) -> None:
    async with server.client() as client:
        assert await transcript(client, recording(SHARED_AUDIO / "r3_turn_on_the_lamp.wav")) == "turn on the lamp"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("r3_whats_the_date_today", "what's the date today"),
        ("r3_set_timer", "set a timer for 10 minutes"),
        ("r3_what_time_is_it", "what time is it"),
    ],
)
async def test_a_persons_request_that_is_of_no_room(server: Running, name: str, text: str) -> None:
    async with server.client() as client:
        assert await transcript(client, recording(SHARED_AUDIO / f"{name}.wav")) == text


@pytest.mark.parametrize("name", ["negative_speech", "r3_play_the_beatles", "hey_jarvis", "okay_nabu"])
async def test_what_is_no_sentence_of_the_home_is_nothing(server: Running, name: str) -> None:
    async with server.client() as client:
        assert await transcript(client, recording(SHARED_AUDIO / f"{name}.wav")) == ""


@pytest.mark.parametrize("voice", ["slt", "rms"])
@pytest.mark.parametrize("milliseconds", [-150, -100, -50, 0, 50, 100, 150])
async def test_the_cut_after_the_wake_word_may_be_a_little_off(server: Running, voice: str, milliseconds: int) -> None:
    """Said in one breath, but for a tenth of a second; cut so long before (-) or after the wake word's end."""
    word = recording(AUDIO / f"{voice}_hey_jarvis.wav").samples[: {"slt": 943, "rms": 909}[voice] * 16]
    command = recording(AUDIO / f"{voice}_turn_on_the_living_room_lamp.wav").samples
    onset = int(np.flatnonzero(np.abs(command) > 300)[0])
    breath = np.zeros(1600, np.int16)
    silence = np.zeros(11_200, np.int16)  # what Home Assistant's voice detection leaves at the end
    both = np.concatenate((word, breath, command[onset:], silence))
    assert await understood(server, both[len(word) + milliseconds * 16 :]) == LAMP


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("slt_turn_on_the_living_room_lamp", LAMP),
        ("rms_turn_on_the_living_room_lamp", LAMP),
        ("slt_turn_off_the_lights", "turn off the lights"),
        ("rms_open_the_curtains", "open the curtains"),
        ("slt_lock_the_back_door", "lock the back door"),
        ("rms_set_the_lamp_to_fifty_percent", "set the lamp to 50 percent"),
        ("slt_why_did_the_lights_come_on", "why did the lights come on"),
        # there is none of these in the home
        ("rms_turn_on_the_dishwasher", ""),
        ("slt_open_the_garage_door", ""),
    ],
)
async def test_synthesised_speech(server: Running, name: str, text: str) -> None:
    async with server.client() as client:
        assert await transcript(client, recording(AUDIO / f"{name}.wav")) == text


@WHERE_NOBODY_SPEAKS
async def test_there_is_always_a_transcript(server: Running, samples: Samples) -> None:
    assert await understood(server, samples) == ""


async def test_transcript_without_any_audio_event(server: Running) -> None:
    async with server.client() as client:
        await client.send(Transcribe(language="en"), AudioStop())
        assert Transcript.from_event(await client.receive()).text == ""


async def test_two_utterances_on_one_connection_do_not_mix(server: Running) -> None:
    said = recording(AUDIO / "slt_turn_on_the_living_room_lamp.wav")
    silence = Recording(rate=16000, width=2, channels=1, audio=bytes(32_000))
    async with server.client() as client:
        assert [await transcript(client, each) for each in (said, silence, said)] == [LAMP, "", LAMP]


async def test_describe_and_ping_are_answered_while_an_utterance_is_decoded(server: Running) -> None:
    """On the same connection too: what is answered first tells that decoding holds nothing up."""
    long = np.tile(recording(AUDIO / "slt_turn_on_the_living_room_lamp.wav").samples, 15)
    async with server.client() as client, server.client() as other:
        await client.send(Transcribe(), AudioStart(rate=16000, width=2, channels=1))
        await client.send(AudioChunk(rate=16000, width=2, channels=1, audio=long.tobytes()))
        await client.send(AudioStop(), Describe(), Ping(text="here"))
        await other.send(Describe())
        assert Info.is_type((await other.receive()).type)
        assert Info.is_type((await client.receive()).type)
        assert Pong.from_event(await client.receive()).text == "here"
        assert Transcript.is_type((await client.receive()).type)


async def test_many_clients_at_once_each_get_their_own_transcript(server: Running) -> None:
    said = recording(AUDIO / "rms_turn_on_the_living_room_lamp.wav")
    other = Recording(rate=16000, width=2, channels=1, audio=bytes(64_000))

    async def one(recorded: Recording) -> str:
        async with server.client() as client:
            return await transcript(client, recorded)

    assert await asyncio.gather(*(one(each) for each in (said, other) * 4)) == [LAMP, ""] * 4


async def test_client_that_leaves_mid_audio_harms_nobody(server: Running, caplog: pytest.LogCaptureFixture) -> None:
    said = recording(AUDIO / "rms_turn_on_the_living_room_lamp.wav")
    for complete in (False, True):
        async with server.client() as client:
            await client.speak(said.samples[:20_000])
            if complete:  # it does not wait for the transcript
                await client.send(AudioStop())
            client.writer.transport.abort()
    async with server.client() as client:
        assert await transcript(client, said) == LAMP
    assert not [record for record in caplog.records if record.levelname in ("WARNING", "ERROR")]


async def test_an_utterance_that_is_too_long_is_nothing_and_is_logged(
    server: Running, caplog: pytest.LogCaptureFixture
) -> None:
    """A command at its beginning is not taken out of it: whoever speaks for half a minute speaks to somebody else."""
    said = recording(AUDIO / "slt_turn_on_the_living_room_lamp.wav").samples
    long = np.concatenate((said, np.zeros(LONGEST + 1 - len(said), np.int16)))
    assert await understood(server, long) == ""
    (record,) = [record for record in caplog.records if record.levelname == "WARNING"]
    assert record.getMessage() == "an utterance of more than 30 s is no command: it is not recognised"
    assert await understood(server, said) == LAMP


@pytest.mark.parametrize("language", ["de", "tlh", "english", ""])
async def test_another_language_is_refused_with_those_that_there_are_and_the_next_utterance_is_heard(
    server: Running, language: str
) -> None:
    said = recording(AUDIO / "slt_turn_on_the_living_room_lamp.wav")
    async with server.client() as client:
        await client.send(Transcribe(language=language))
        await client.play(said)
        error = Error.from_event(await client.receive())
        assert error.code == "unknown-language"
        assert error.text == f"unknown language {language!r}; this server understands en"
        assert await transcript(client, said) == LAMP, "nothing else was said of the one that was refused"


@pytest.mark.parametrize("language", ["en", "en-GB", "en_US", "EN", None])
async def test_a_variant_of_the_language_is_the_language(server: Running, language: str | None) -> None:
    async with server.client() as client:
        await client.send(Transcribe(language=language))
        await client.play(recording(AUDIO / "slt_turn_off_the_lights.wav"))
        said = Transcript.from_event(await client.receive())
    assert (said.text, said.language) == ("turn off the lights", "en")


async def test_a_language_that_is_no_text_is_a_protocol_error(server: Running) -> None:
    async with server.client() as client:
        await client.send_raw(b'{"type": "transcribe", "data": {"language": 7}}\n')
        assert Error.from_event(await client.receive()).code == "protocol-error"
        await client.closed()
