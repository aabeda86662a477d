"""Each soundscape goes round without a seam, is as loud as it says, and sounds as far as numbers can tell."""

from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from custom_components.athena.audio.circular import white
from custom_components.athena.audio.rounds import PEAK, render
from custom_components.athena.audio.soundscape import FRAMES, RATE, SECONDS, Soundscape
from custom_components.athena.audio.soundscapes import ALL

from .made import made

type Samples = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

BY_KEY = {one.key: one for one in ALL}
each = pytest.mark.parametrize("soundscape", ALL, ids=BY_KEY)


@cache
def ears(key: str) -> Samples:
    """Return what both ears hear of a round, as parts of full scale."""
    return np.frombuffer(made(BY_KEY[key]), "<i2").reshape(-1, 2).T / 32_768


def level(samples: Samples) -> float:
    """Return the root mean square in dB of full scale."""
    return float(10 * np.log10(np.mean(samples**2)))


def octaves(samples: Samples) -> list[float]:
    """Return how strong the octaves from 125 Hz to 8 kHz are, in dB of power a hertz."""
    power = np.abs(np.fft.rfft(samples)) ** 2
    hertz = np.fft.rfftfreq(len(samples), 1 / RATE)
    middles = [125.0 * 2**number for number in range(7)]
    return [float(10 * np.log10(np.mean(power[(hertz > one / 2**0.5) & (hertz < one * 2**0.5)]))) for one in middles]


def rank(of: float, among: Samples) -> float:
    """Return which part of all is less."""
    return float(np.mean(among < of))


@each
def test_a_round_is_longer_than_a_minute(soundscape: Soundscape) -> None:
    assert SECONDS > 60
    assert ears(soundscape.key).shape == (2, FRAMES)


@each
def test_the_step_over_the_seam_is_one_like_all_others(soundscape: Soundscape) -> None:
    for ear in ears(soundscape.key):
        steps, over = np.abs(np.diff(ear)), abs(ear[0] - ear[-1])
        assert rank(over, steps) < 0.999
        bends = np.abs(np.diff(ear, 2))
        for three in ((ear[-2], ear[-1], ear[0]), (ear[-1], ear[0], ear[1])):
            assert rank(abs(np.diff(three, 2)[0]), bends) < 0.999


@each
def test_over_the_seam_it_is_as_loud_and_as_bright_as_anywhere(soundscape: Soundscape) -> None:
    """Where strangers are cross-faded, or a filter begins from nothing, it is softer or duller there."""
    quarter = RATE // 4
    for ear in ears(soundscape.key):
        for sound in (ear, np.diff(ear, prepend=ear[-1])):
            loud = np.array([level(piece) for piece in np.roll(sound, quarter // 2).reshape(-1, quarter)])
            changes = np.abs(loud - np.roll(loud, 1))  # the first piece is half of the end and half of the begin
            assert rank(changes[0], changes) < 0.99
            assert rank(changes[1], changes) < 0.99


@each
def test_it_is_calm_nothing_clips_and_each_ear_hears_its_own(soundscape: Soundscape) -> None:
    left, right = ears(soundscape.key)
    assert level(left) == pytest.approx(soundscape.level, abs=0.1)
    assert level(right) == pytest.approx(soundscape.level, abs=0.1)
    assert -31 <= soundscape.level <= -20
    assert np.max(np.abs(left)) <= PEAK
    assert abs(np.mean(left)) < 0.01 * np.std(left)
    assert abs(np.corrcoef(left, right)[0, 1]) < 0.02


def test_it_is_the_same_at_every_making() -> None:
    again = np.frombuffer(render(BY_KEY["brown_noise"]), "<i2").reshape(-1, 2).T / 32_768
    assert np.array_equal(again, ears("brown_noise"))
    assert white(1)[:100] != white(2)[:100]


def test_white_noise_is_equally_strong_at_every_pitch_and_brown_falls_6_db_with_each_octave() -> None:
    for key, slope in (("white_noise", 0.0), ("brown_noise", -6.0)):
        slopes = [after - before for before, after in pairwise(octaves(ears(key)[0]))]
        assert slopes == pytest.approx([slope] * 6, abs=0.8)


def test_rain_hisses_over_a_murmur_and_consists_of_drops() -> None:
    rain = ears("rain")[0]
    strong = octaves(rain)
    assert all(-5 < after - before < 1 for before, after in pairwise(strong))
    assert strong[5] - strong[3] > -3  # from 1 to 4 kHz, where what rushes like wind has lost 12
    assert peaked(rain) > 3.5
    assert peaked(ears("brown_noise")[0]) < 3.1


def peaked(samples: Samples) -> float:
    """Return the kurtosis of what is high: 3 at most of noise, more where single taps stand out of it."""
    bends = np.diff(samples, 2)
    return float(np.mean(bends**4) / np.mean(bends**2) ** 2)


def test_wind_rises_in_pitch_with_its_gusts() -> None:
    pieces = sorted(ears("wind")[0].reshape(-1, RATE), key=level)
    calm, gusts = np.concatenate(pieces[:16]), np.concatenate(pieces[-16:])
    assert level(gusts) > level(calm) + 3
    assert pitch(gusts) > 1.1 * pitch(calm)


def pitch(samples: Samples) -> float:
    """Return how often it swings in a second."""
    return float(np.count_nonzero(np.diff(np.signbit(samples))) / 2 / len(samples) * RATE)


def test_waves_come_one_after_the_other() -> None:
    loud = [level(piece) for piece in ears("waves")[0].reshape(-1, RATE // 2)]
    smooth = np.convolve(loud[-2:] + loud + loud[:2], np.ones(5) / 5, "valid")
    tops = np.count_nonzero((smooth > np.roll(smooth, 1)) & (smooth >= np.roll(smooth, -1)))
    assert 7 <= tops <= 10
    assert max(loud) - min(loud) > 6
