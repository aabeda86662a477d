"""Whether the sound that a microphone gives can be of any use."""

import numpy as np
import pytest

from athena_satellite.audio import HEARD_RATE
from athena_satellite.level_watch import LevelWatch

SILENCE = bytes(HEARD_RATE * 2)
NOISE = np.full(HEARD_RATE, 3, "<i2").tobytes()
LOUD = np.tile(np.array([32_767, 0, -32_768, 0, 0], "<i2"), HEARD_RATE // 5).tobytes()
MUTED = "The microphone gives only silence: is it muted?"
BACK = "The microphone gives sound again"


def said(log: pytest.LogCaptureFixture, *seconds: bytes) -> list[str]:
    """Return what the log has once these seconds have been heard."""
    log.set_level("INFO")
    watch = LevelWatch()
    for second in seconds:
        watch.note(second)
    return [record.getMessage() for record in log.records]


def test_a_muted_microphone_is_told_of_once_and_once_when_it_is_not(caplog: pytest.LogCaptureFixture) -> None:
    assert said(caplog, *[SILENCE] * 20, NOISE, *[SILENCE] * 20) == [MUTED, BACK, MUTED]


def test_a_moment_of_silence_is_not_told_of(caplog: pytest.LogCaptureFixture) -> None:
    assert said(caplog, *[SILENCE] * 5, NOISE, *[SILENCE] * 5, b"") == []


def test_a_quiet_room_is_not_a_muted_microphone(caplog: pytest.LogCaptureFixture) -> None:
    assert said(caplog, *[SILENCE[2:] + b"\1\0"] * 20) == []


def test_an_overdriven_microphone_is_told_of_once(caplog: pytest.LogCaptureFixture) -> None:
    assert said(caplog, *[LOUD] * 40) == [
        "The microphone is overdriven (40 % of it is clipped): turn its gain down",
    ]


def test_a_door_that_slams_does_not_overdrive_it(caplog: pytest.LogCaptureFixture) -> None:
    assert said(caplog, np.full(1_000, 32_767, "<i2").tobytes(), *[NOISE] * 20) == []
