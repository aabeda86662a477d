"""Silence around a piece."""

from array import array

import pytest

from athena_voice.tts.silence import Trimmed

SPEECH = [5000, -5000, 0, 0, 0, 0, 0, 0, 0, 5000]  # with a pause in it


def trimmed(samples: list[int], *, size: int, margin: int = 2) -> list[int]:
    out = array("h")

    def sink(sound: bytes) -> bool:
        out.frombytes(sound)
        return True

    trim = Trimmed(sink, margin=2 * margin)
    for start in range(0, len(samples), size):
        assert trim(array("h", samples[start : start + size]).tobytes())
    trim.finish()
    return out.tolist()


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
@pytest.mark.parametrize(("before", "after"), [(0, 0), (1, 1), (2, 2), (50, 50)])
def test_only_a_margin_stays_around_speech_however_it_comes(size: int, before: int, after: int) -> None:
    quiet = [50] * before, [-50] * after
    expected = [*quiet[0][:2], *SPEECH, *quiet[1][:2]]
    assert trimmed([*quiet[0], *SPEECH, *quiet[1]], size=size) == expected


@pytest.mark.parametrize("samples", [[], [0] * 50, [99] * 50])
def test_silence_alone_is_nothing(samples: list[int]) -> None:
    assert trimmed(samples, size=7) == []


def test_that_nobody_listens_is_passed_back_in_silence_too() -> None:
    trim = Trimmed(lambda _: False, margin=4)
    assert not trim(bytes(100))
    assert not trim(array("h", SPEECH).tobytes())
