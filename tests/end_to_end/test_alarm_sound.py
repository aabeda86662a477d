"""Athena's own sound is really played: by Home Assistant's Wyoming integration, through ffmpeg, on the satellite."""

import array
import math
from datetime import UTC, datetime
from pathlib import Path

import pytest

from custom_components.athena.audio.clips import LEVELS, SOUNDS, clip_name, render_clips
from script.house.device import Device
from script.house.house import House

from .sounds import frames

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def _played(house: House, device: Device, clip: str) -> bytes:
    """Return what the satellite plays when it is to announce a clip."""
    began_at = datetime.now(UTC)
    await device.announce(media_id=f"/api/athena/sounds/test/{clip}", preannounce=False)
    await house.microphone.until_step("played", began_at)
    [file] = house.microphone.played(began_at)
    return frames(file)


def _loudness(audio: bytes) -> float:
    """Return the root mean square of 16-bit samples."""
    samples = array.array("h", audio)
    return math.sqrt(sum(sample * sample for sample in samples) / len(samples))


async def test_the_alarm_is_played_to_its_last_sample_and_louder_when_it_shall_be(
    house: House, device: Device, tmp_path: Path
) -> None:
    alarm = SOUNDS["alarm"]
    clips = {}
    for name, clip in render_clips().items():
        (tmp_path / name).write_bytes(clip)
        clips[name] = frames(tmp_path / name)
    soft, loud = clip_name(alarm, 1), clip_name(alarm, LEVELS)
    heard = {clip: await _played(house, device, clip) for clip in (soft, loud)}
    for name, audio in heard.items():
        assert audio.endswith(clips[name])  # before it the satellite's own chime
    assert _loudness(heard[loud][-len(clips[loud]) :]) > 10 * _loudness(heard[soft][-len(clips[soft]) :])


async def test_the_alarm_is_played_by_a_satellite_whose_microphone_is_off(house: House, device: Device) -> None:
    await device.mute(on=True)
    try:
        assert _loudness(await _played(house, device, "alarm-6.wav")) > 1000
    finally:
        unmuted_at = datetime.now(UTC)
        await device.mute(on=False)
        await house.microphone.until_step("listening", unmuted_at)


async def test_a_clip_that_there_is_not_is_not_played(house: House, device: Device) -> None:
    """Home Assistant reports no failure: that is why Athena asks whether a clip was fetched."""
    began_at = datetime.now(UTC)
    await device.announce(media_id="/api/athena/sounds/test/siren-1.wav", preannounce=False)
    await house.microphone.until_step("played", began_at)  # the satellite's own chime
    assert not any(len(frames(file)) > 2 * 22_050 for file in house.microphone.played(began_at))
