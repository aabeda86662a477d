"""Real devices that come and go: PortAudio and ALSA are the machine's own, the devices a sound server's."""

import asyncio
from collections.abc import AsyncIterator
from io import StringIO

import numpy as np
import pytest

from athena_satellite import microphones, sound_check, speakers
from athena_satellite.audio import Format
from athena_satellite.errors import DeviceError
from athena_satellite.microphones import Stage
from athena_satellite.supervise import supervise
from tests.conftest import until
from tests.sound_server import SoundServer, sound_server

__all__ = ["sound_server"]  # a fixture

FORM = Format(rate=22_050, width=2, channels=1)
TONE = (8_000 * np.sin(np.arange(FORM.rate) * 2 * np.pi * 440 / FORM.rate)).astype("<i2").tobytes()


async def tone(begun: asyncio.Event | None = None) -> AsyncIterator[bytes]:
    """Give a tone of 1 s, or, once it has begun, for ever."""
    yield TONE
    while begun is not None:
        await begun.wait()
        yield TONE


def said(log: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in log.records if record.name == "athena_satellite.supervise"]


async def test_what_the_speaker_plays_the_microphone_hears(sound_server: SoundServer) -> None:
    heard = bytearray()
    async with asyncio.TaskGroup() as tasks:
        up = asyncio.Event()
        microphone = microphones.create("device:usb_mic", Stage())
        listening = tasks.create_task(microphone.run(heard.extend, up.set))
        await up.wait()
        assert await speakers.create("device:usb_speaker").play(tone(), FORM, lambda: None) == pytest.approx(1.0)
        await until(lambda: b"".join(bytes(heard).split(b"\0\0"))[16_000:], "half a second of the tone")
        listening.cancel()
    sound = np.trim_zeros(np.frombuffer(bytes(heard), "<i2").astype(np.float64))[:8_000]
    loudest = np.abs(np.fft.rfft(sound * np.hanning(len(sound)))).argmax() * 16_000 / len(sound)
    assert loudest == pytest.approx(440, abs=4)


async def test_a_device_that_vanishes_mid_sentence(sound_server: SoundServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    heard = bytearray()
    stage = Stage()
    microphone = microphones.create("device:usb_mic", stage)
    speaker = speakers.create("device:usb_speaker")
    begun = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        listening = tasks.create_task(supervise("Microphone", lambda up: microphone.run(heard.extend, up)))
        playing = tasks.create_task(failure(speaker, begun))
        await begun.wait()
        await until(lambda: bytes(heard).strip(b"\0"), "the tone in the microphone")
        await sound_server.unplug()
        assert "went away" in await playing
        await until(lambda: said(caplog), "a word of the microphone")
        await sound_server.plug()
        await until(lambda: len(said(caplog)) == 2, "the microphone's return")
        heard.clear()
        assert await speaker.play(tone(), FORM, lambda: None) == pytest.approx(1.0)
        await until(lambda: bytes(heard).strip(b"\0"), "the tone in the microphone again")
        listening.cancel()
    assert said(caplog) == ["Microphone is away: it went away; trying again", "Microphone is back"]


async def failure(speaker: speakers.Speaker, begun: asyncio.Event) -> str:
    with pytest.raises(DeviceError) as error:
        await speaker.play(tone(begun), FORM, begun.set)
    return str(error.value)


async def test_the_devices_are_listed_and_tried(sound_server: SoundServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound_check, "_SECONDS", 1.0)
    out = StringIO()
    await asyncio.to_thread(sound_check.show_devices, out)
    assert 'microphone = "device:usb_mic"' in out.getvalue()
    assert 'speaker = "device:usb_speaker"' in out.getvalue()
    out = StringIO()
    await asyncio.to_thread(sound_check.microphone, "device:usb_mic", out)
    assert out.getvalue().splitlines()[-1] == "It gives only silence: is it muted?"
    async with asyncio.TaskGroup() as tasks:
        begun = asyncio.Event()
        playing = tasks.create_task(speakers.create("device:usb_speaker").play(tone(begun), FORM, begun.set))
        await begun.wait()
        out = StringIO()
        await asyncio.to_thread(sound_check.microphone, "usb_mic", out)
        assert " dB ####" in out.getvalue()
        playing.cancel()
    await asyncio.to_thread(sound_check.speaker, "usb_speaker", out)
    assert out.getvalue().endswith("A tone of 1 s was played\n")
