"""Where a wake word ends. A detector fires late; what is said after the word must be heard from its first syllable."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..audio import RATE, Samples

_FRAME: Final = RATE // 100
_KEPT_FRAMES: Final = 300
_WORD_FRAMES: Final = 60
_BEFORE_FRAMES: Final = 12
_AFTER_FRAMES: Final = 6
_PAUSE_FRAMES: Final = 5
_CUT_PAUSE_FRAMES: Final = 3  # a pause that began just now: what follows it is not known yet
_QUIET_SHARE: Final = 0.1
_ABOVE_FLOOR: Final = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bias:
    """How a model's rise lies to the end of its word, measured on synthesised words in four voices and three speeds."""

    lead_ms: int
    """From the rise to the word's end; the median."""
    margin_ms: int
    """How much earlier to say, so that where no pause tells, hardly any word ends before."""


class Loudness:
    """The loudness of the last three seconds, in frames of 10 ms."""

    def __init__(self) -> None:
        self._rest = np.zeros(0, np.int16)
        self._frames: NDArray[np.float32] = np.zeros(0, np.float32)
        self._first = 0  # number of the oldest frame kept

    def hear(self, samples: Samples) -> None:
        """Add samples."""
        data = np.concatenate((self._rest, samples))
        count = len(data) // _FRAME
        self._rest = data[count * _FRAME :]
        frames = data[: count * _FRAME].reshape(count, _FRAME).astype(np.float32)
        frames = np.concatenate((self._frames, np.sqrt(np.mean(frames**2, axis=1))))
        self._first += max(0, len(frames) - _KEPT_FRAMES)
        self._frames = frames[-_KEPT_FRAMES:]

    def word_end(self, rise: int, bias: Bias) -> int:
        """Return where the word ends, in samples: at the pause after it, else by the model's bias.

        `rise` is where the model's probability rose over a half.
        """
        now = (self._first + len(self._frames)) * _FRAME
        guess = min(rise + bias.lead_ms * RATE // 1000, now)
        pause = self._pause(guess // _FRAME - self._first)
        if pause is not None:
            return (self._first + pause) * _FRAME + _FRAME
        return max(0, guess - bias.margin_ms * RATE // 1000)

    def _pause(self, guess: int) -> int | None:
        """Return the frame in which a pause near the guess begins."""
        word = self._frames[max(0, guess - _WORD_FRAMES) : max(0, guess)]
        if not len(word):
            return None
        floor = float(self._frames[-200:].min())
        quiet = self._frames < max(_QUIET_SHARE * float(np.percentile(word, 85)), _ABOVE_FLOOR * floor)
        frame = max(0, guess - _BEFORE_FRAMES)
        while frame < min(len(quiet), guess + _AFTER_FRAMES):
            length = _run(quiet, frame)
            cut = frame + length == len(quiet)
            if length >= (_CUT_PAUSE_FRAMES if cut else _PAUSE_FRAMES):
                return frame
            frame += length + 1
        return None


def _run(quiet: NDArray[np.bool_], start: int) -> int:
    """Return how many frames from `start` on are quiet."""
    loud = np.flatnonzero(~quiet[start:])
    return int(loud[0]) if len(loud) else len(quiet) - start
