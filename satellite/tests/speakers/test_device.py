"""A sound device as a speaker, through the real PortAudio."""

import asyncio
from collections.abc import AsyncIterator

import numpy as np
import pytest

from athena_satellite import portaudio, speakers
from athena_satellite.audio import Format
from athena_satellite.errors import DeviceError
from tests.peers import room
from tests.portaudio import Devices

FORM = Format(rate=22_050, width=2, channels=1)
SPEECH = room(1.0, level=2_000)


async def pieces(*audio: bytes) -> AsyncIterator[bytes]:
    for piece in audio:
        await asyncio.sleep(0)
        yield piece


async def endless(begun: asyncio.Event) -> AsyncIterator[bytes]:
    yield SPEECH
    await begun.wait()
    await asyncio.Event().wait()


@pytest.mark.parametrize("size", [2_048, 100_000])
async def test_what_is_played_leaves_the_device_sample_by_sample(devices: Devices, size: int) -> None:
    begun: list[bool] = []
    speaker = speakers.create("device:athena_speaker")
    audio = pieces(*(SPEECH[at : at + size] for at in range(0, len(SPEECH), size)), b"")
    seconds = await speaker.play(audio, FORM, lambda: begun.append(True))
    assert seconds == pytest.approx(len(SPEECH) / FORM.bytes_per_second)
    assert begun == [True]
    assert devices.played.read_bytes()[: len(SPEECH)] == SPEECH
    assert not devices.played.read_bytes()[len(SPEECH) :].strip(b"\0")


async def test_one_playback_after_the_other(devices: Devices) -> None:
    speaker = speakers.create("device:athena_speaker")
    for _ in range(3):
        assert await speaker.play(pieces(SPEECH), FORM, lambda: None) > 0.7
    assert not portaudio._STATE.open


async def test_other_widths_are_played_in_16_bit(devices: Devices) -> None:
    eight_bit = Format(rate=22_050, width=1, channels=1)
    seconds = await speakers.create("device:athena_speaker").play(pieces(b"\xc0" * 22_050), eight_bit, lambda: None)
    assert seconds == pytest.approx(1.0)
    assert devices.played.read_bytes()[:44_100] == b"\0\x40" * 22_050


async def test_a_device_that_cannot_do_the_rate_plays_at_its_own(
    devices: Devices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portaudio, "_takes", lambda *_: False)  # ALSA's file plugin takes everything
    half_second = b"\0\x20" * 11_025
    seconds = await speakers.create("device:athena_speaker").play(pieces(half_second), FORM, lambda: None)
    assert seconds == pytest.approx(0.5, abs=0.01)
    samples = np.frombuffer(devices.played.read_bytes()[: 44_100 * 2], "<i2")
    assert np.abs(samples[2_000:-2_000] - 0x2000).max() <= 2  # twice the rate, on both channels


async def test_nothing_to_play_opens_no_device(devices: Devices) -> None:
    assert await speakers.create("device:no such device").play(pieces(), FORM, lambda: None) == 0.0


async def test_a_device_that_is_not_there_fails(devices: Devices) -> None:
    with pytest.raises(DeviceError, match="there is no 'Jabra' among the speakers"):
        await speakers.create("device:Jabra").play(pieces(SPEECH), FORM, lambda: None)


async def test_broken_off_it_gives_the_device_back_and_plays_the_next(devices: Devices) -> None:
    speaker = speakers.create("device:athena_speaker")
    begun = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        playing = tasks.create_task(speaker.play(endless(begun), FORM, begun.set))
        await begun.wait()
        playing.cancel()
    assert await speaker.play(pieces(SPEECH), FORM, lambda: None) > 0.7
    assert not portaudio._STATE.open
