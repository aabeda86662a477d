"""What is known of the sound that a microphone gives."""

import numpy as np
import pytest

from athena_satellite.audio import HEARD_RATE
from athena_satellite.hearing import Hearing

SECOND = HEARD_RATE * 2
NOISE = np.full(HEARD_RATE, 3, "<i2").tobytes()
MUTED = ["The microphone gives only silence: is it muted?"]
BACK = ["The microphone gives sound again"]


def said(log: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in log.records]


@pytest.fixture(autouse=True)
def _everything(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")


def test_a_muted_microphone_is_told_of_once_and_once_when_it_is_not(caplog: pytest.LogCaptureFixture) -> None:
    hearing = Hearing()
    for second in range(5):
        hearing.note(bytes(SECOND), second)
    assert not hearing.flat
    for second in range(5, 20):
        hearing.note(bytes(SECOND), second)
    assert hearing.flat
    assert said(caplog) == MUTED
    hearing.note(NOISE, 20)
    assert not hearing.flat
    for second in range(21, 30):
        hearing.note(bytes(SECOND), second)
    assert said(caplog) == MUTED + BACK + MUTED


def test_a_quiet_room_is_not_a_muted_microphone(caplog: pytest.LogCaptureFixture) -> None:
    hearing = Hearing()
    for second in range(20):
        hearing.note(bytes(SECOND - 2) + b"\1\0", second)
    assert said(caplog) == []


def test_an_overdriven_microphone_is_told_of_once(caplog: pytest.LogCaptureFixture) -> None:
    hearing = Hearing()
    loud = np.tile(np.array([32_767, 0, -32_768, 0, 0], "<i2"), HEARD_RATE // 5).tobytes()
    for second in range(40):
        hearing.note(loud, second)
    assert hearing.clipped_samples == 40 * HEARD_RATE * 2 // 5
    assert said(caplog) == ["The microphone is overdriven (40 % of it is clipped): turn its gain down"]


def test_a_door_that_slams_does_not_overdrive_it(caplog: pytest.LogCaptureFixture) -> None:
    hearing = Hearing()
    hearing.note(np.full(1_000, 32_767, "<i2").tobytes(), 0)
    for second in range(20):
        hearing.note(NOISE, second)
    assert said(caplog) == []


def test_how_much_is_heard_a_second() -> None:
    hearing = Hearing()
    assert hearing.samples_per_second(0.0) == 0.0
    for number in range(1, 101):
        hearing.note(NOISE[: SECOND // 50], 100 + number / 50)
    assert hearing.samples_per_second(102.0) == pytest.approx(HEARD_RATE)
    assert hearing.samples == 2 * HEARD_RATE
    assert hearing.samples_per_second(104.1) == 0.0


def test_nothing_is_nothing() -> None:
    hearing = Hearing()
    hearing.note(b"", 0)
    assert hearing.samples == 0
