"""Audio of any rate, width and number of channels is the same speech."""

import numpy as np
import pytest
import soxr
from numpy.typing import NDArray
from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioStart, AudioStop

from athena_voice.audio import RATE, Ear

from ..conftest import AUDIO, Recording, Running, recording
from .test_service import LAMP, transcript


def encoded(wave: NDArray[np.float32], width: int) -> bytes:
    """Write samples of -1 to 1 as a WAV file has them."""
    if width == 1:
        return bytes((np.rint(wave * 127) + 128).astype(np.uint8).tobytes())
    whole = np.rint(wave.astype(np.float64) * (2 ** (8 * width - 1) - 1)).astype("<i8")
    return bytes(whole.view(np.uint8).reshape(-1, 8)[:, :width].tobytes())


def spoken_as(rate: int, width: int, channels: int) -> Recording:
    """Return a command in another format; in stereo it is on one side only."""
    samples = recording(AUDIO / "slt_turn_on_the_living_room_lamp.wav").samples.astype(np.float32) / 32_768
    wave = soxr.resample(samples / np.abs(samples).max() * 0.9, RATE, rate)
    sides = np.zeros((len(wave), channels), np.float32)
    sides[:, 0] = wave
    return Recording(rate=rate, width=width, channels=channels, audio=encoded(sides.reshape(-1), width))


@pytest.mark.parametrize(
    ("rate", "width", "channels"),
    [(8_000, 1, 1), (8_000, 2, 1), (16_000, 2, 1), (22_050, 4, 1), (44_100, 3, 2), (48_000, 2, 2), (96_000, 4, 6)],
)
@pytest.mark.parametrize("chunk", [1021, 10**7])
async def test_a_command_is_recognised_in_any_format(
    server: Running, rate: int, width: int, channels: int, chunk: int
) -> None:
    said = spoken_as(rate, width, channels)
    form = (said.rate, said.width, said.channels)
    async with server.client() as client:
        await client.send(Transcribe(language="en"), AudioStart(*form))
        for start in range(0, len(said.audio), chunk):  # a chunk of 1021 bytes ends in the middle of a sample
            await client.send(AudioChunk(*form, audio=said.audio[start : start + chunk]))
        await client.send(AudioStop())
        assert Transcript.from_event(await client.receive()).text == LAMP


def test_a_tone_of_12_khz_vanishes_and_does_not_fold_back_to_4_khz() -> None:
    tone = (20_000 * np.sin(2 * np.pi * 12_000 * np.arange(48_000) / 48_000)).astype("<i2")
    assert np.abs(tone[::3]).max() > 19_000, "every third sample alone is a loud tone of 4 kHz"
    ear = Ear(rate=48_000, width=2, channels=1)
    heard = np.concatenate((ear.hear(tone.tobytes()), ear.finish()))[1000:-1000]
    assert len(heard) > 13_000
    assert np.abs(heard).max() <= 1


async def test_speech_below_a_tone_that_nobody_hears_is_recognised(server: Running) -> None:
    """As a power supply whistles: at 12 kHz, as loud as the person. Without a filter it would lie amid the speech."""
    said = np.frombuffer(spoken_as(48_000, 2, 1).audio, "<i2") * 0.5
    whistle = 14_000 * np.cos(2 * np.pi * 12_000 * np.arange(len(said)) / 48_000)
    audio = (said + whistle).astype("<i2").tobytes()
    async with server.client() as client:
        assert await transcript(client, Recording(rate=48_000, width=2, channels=1, audio=audio)) == LAMP
