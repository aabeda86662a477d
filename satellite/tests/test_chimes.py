"""The satellite's own sounds."""

from collections.abc import Callable

import numpy as np
import pytest

from athena_satellite import chimes
from athena_satellite.audio import Format

FORMS = [Format(rate=22_050, width=2, channels=1), Format(rate=48_000, width=2, channels=2)]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("sound", [chimes.announcement, chimes.heard, chimes.alarm])
def test_each_begins_and_ends_in_silence_without_a_click_and_is_never_shrill(
    sound: Callable[[Format], bytes], form: Format
) -> None:
    samples = np.frombuffer(sound(form), "<i2").reshape(-1, form.channels).astype(int)
    assert (samples == samples[:, :1]).all()
    assert abs(samples[0, 0]) < 50
    assert abs(samples[-1, 0]) < 50
    assert 3_000 < np.abs(samples).max() < 16_384
    assert np.abs(np.diff(samples[:, 0])).max() < 3_000  # the steepest of its own waves


def test_the_announcements_chime_is_shorter_than_home_assistants_patience() -> None:
    form = FORMS[0]
    assert len(chimes.announcement(form)) / form.bytes_per_second == pytest.approx(0.3, abs=0.001)


def test_the_alarm_leaves_a_gap_for_the_wake_word() -> None:
    form = FORMS[0]
    samples = np.frombuffer(chimes.alarm(form), "<i2")
    assert not samples[-int(0.8 * form.rate) :].any()
