"""Where a word ends, told from the loudness around it."""

import numpy as np

from athena_voice.audio import Samples
from athena_voice.wake.word_end import Bias, Loudness

MS = 16


def tone(milliseconds: int, loudness: int = 8000) -> Samples:
    """Return something loud."""
    return (np.sin(np.arange(milliseconds * MS) * 0.3) * loudness).astype(np.int16)


def hush(milliseconds: int) -> Samples:
    """Return something quiet."""
    return tone(milliseconds, 20)


def end(*parts: Samples, rise: int, fired: int, bias: Bias) -> tuple[int | None, int]:
    """Return where a word ends, and when that was known: milliseconds. 10 ms are heard at a time, from `fired` on."""
    samples = np.concatenate(parts)
    loudness = Loudness()
    loudness.hear(samples[: fired * MS])
    for heard in range(fired, len(samples) // MS, 10):
        found = loudness.word_end(rise * MS, fired * MS, bias)
        if found is not None:
            return found // MS, heard
        loudness.hear(samples[heard * MS : (heard + 10) * MS])
    return None, len(samples) // MS


WAITS = Bias(lead_ms=0, margin_ms=50, hold_ms=160)
TELLS = Bias(lead_ms=0, margin_ms=50)


def test_a_pause_near_the_guess_is_the_end_at_once() -> None:
    for bias in (WAITS, TELLS):
        told, at = end(hush(500), tone(500), hush(500), rise=980, fired=1100, bias=bias)
        assert told is not None
        assert (abs(told - 1000) <= 10, at) == (True, 1100)


def test_a_model_that_fires_before_the_word_is_over_waits_for_the_pause() -> None:
    told, at = end(hush(500), tone(500), hush(500), rise=880, fired=940, bias=WAITS)
    assert told is not None
    assert abs(told - 1000) <= 10
    assert at == 1000 + 80, "as soon as the pause is longer than any in a word"


def test_where_no_pause_comes_the_bias_tells_after_the_wait() -> None:
    assert end(hush(500), tone(1500), rise=880, fired=900, bias=WAITS) == (830, 1060)
    assert end(hush(500), tone(1500), rise=880, fired=900, bias=TELLS) == (830, 900)


def test_the_closure_of_a_consonant_after_the_guess_is_no_pause() -> None:
    parts = (hush(500), tone(480), hush(60), tone(800))
    assert end(*parts, rise=880, fired=900, bias=WAITS) == (830, 1060)


def test_only_the_last_three_seconds_are_kept() -> None:
    loudness = Loudness()
    for _ in range(100):
        loudness.hear(tone(100))
    assert sum(len(part) for part in loudness._parts) == 3000 * MS
