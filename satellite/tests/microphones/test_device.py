"""A sound device as a microphone, through the real PortAudio."""

import asyncio

import numpy as np
import pytest

from athena_satellite import microphones, portaudio
from athena_satellite.errors import DeviceError
from athena_satellite.microphones import Stage
from tests.conftest import until
from tests.peers import room
from tests.portaudio import Devices


async def test_what_the_device_hears_is_heard_from_its_first_sample(devices: Devices) -> None:
    devices.heard.write_bytes(room(60.0, level=2_000))
    heard = bytearray()
    up = asyncio.Event()
    microphone = microphones.create("device:athena_mic", Stage())

    def hear(audio: bytes) -> None:
        if len(heard) < 320_000:
            heard.extend(audio)

    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(microphone.run(hear, up.set))
        await up.wait()
        await until(lambda: len(heard) >= 96_000)
        running.cancel()
    assert heard[:96_000] == room(60.0, level=2_000)[:96_000]


async def test_a_device_that_cannot_do_16_khz_is_heard_at_its_own_rate_and_resampled(
    devices: Devices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portaudio, "_takes", lambda *_: False)  # ALSA's file plugin takes everything
    devices.heard.write_bytes(b"\0\x20\0\x10" * 44_100)
    heard = bytearray()

    def hear(audio: bytes) -> None:
        if len(heard) < 32_000:
            heard.extend(audio)

    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(microphones.create("device:athena_mic", Stage()).run(hear, lambda: None))
        await until(lambda: len(heard) >= 20_000)
        running.cancel()
    samples = np.frombuffer(bytes(heard[4_000:16_000]), "<i2")
    assert np.abs(samples - 0x1800).max() <= 2  # the mean of both channels


async def test_a_device_that_is_not_there_is_gone(devices: Devices) -> None:
    with pytest.raises(DeviceError, match="there is no 'Jabra' among the microphones"):
        await microphones.create("device:Jabra", Stage()).run(lambda _: None, lambda: None)


async def test_a_device_that_falls_silent_is_gone_and_given_back(
    devices: Devices, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[portaudio.Stream] = []
    real = portaudio.open_input

    def unplugged(*arguments: object, **options: object) -> object:
        stream, form = real(*arguments, **options)  # type: ignore[arg-type]
        stream.abort()  # as a device does whose cable was pulled: no more callbacks, no error
        opened.append(stream)
        return stream, form

    monkeypatch.setattr(portaudio, "open_input", unplugged)
    with pytest.raises(DeviceError, match="it went away"):
        await microphones.create("device:athena_mic", Stage()).run(lambda _: None, lambda: None)
    assert opened
    assert not portaudio._STATE.open
