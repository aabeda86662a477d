"""Where a wake word ends. A detector fires late; what is said after the word must be heard from its first syllable."""

from collections import deque
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
_LATER_PAUSE_FRAMES: Final = 8  # longer than the closure of a consonant in what follows without a pause
_QUIET_SHARE: Final = 0.1
_ABOVE_FLOOR: Final = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bias:
    """How a model's rise lies to the end of its word, measured on synthesised words in four voices and three speeds."""

    lead_ms: int
    """From the rise to the word's end; the median."""
    margin_ms: int
    """How much earlier to say, so that where no pause tells, hardly any word ends before."""
    hold_ms: int = 0
    """How long a detection may wait for the pause after the word, where the model fires before the word is over."""


class Loudness:
    """The loudness of the last three seconds, in frames of 10 ms; worked out when it is asked for."""

    def __init__(self) -> None:
        self._parts: deque[Samples] = deque()
        self._kept = 0
        self._heard = 0
        self._frames: NDArray[np.float32] = np.zeros(0, np.float32)

    def hear(self, samples: Samples) -> None:
        """Add samples: whole frames of 10 ms."""
        self._parts.append(samples)
        self._heard += len(samples)
        self._kept += len(samples)
        while self._kept - len(self._parts[0]) >= _KEPT_FRAMES * _FRAME:
            self._kept -= len(self._parts.popleft())

    def word_end(self, rise: int, fired: int, bias: Bias) -> int | None:
        """Return where the word ends, in samples: at the pause after it, else by the model's bias; None: not known yet.

        `rise` is where the model's probability rose over a half, `fired` where the word was detected.
        """
        samples = np.concatenate(self._parts).reshape(-1, _FRAME).astype(np.float32)
        self._frames = np.sqrt(np.mean(samples**2, axis=1))
        first = (self._heard - self._kept) // _FRAME
        guess = min(rise + bias.lead_ms * RATE // 1000, self._heard)
        until = fired + bias.hold_ms * RATE // 1000
        pause = self._pause(guess // _FRAME - first, until // _FRAME - first if bias.hold_ms else 0)
        if pause is not None:
            return (first + pause) * _FRAME + _FRAME
        return max(0, guess - bias.margin_ms * RATE // 1000) if self._heard >= until else None

    def _pause(self, guess: int, until: int) -> int | None:
        """Return the frame in which a pause begins: near the guess, or a longer one until another frame."""
        word = self._frames[max(0, guess - _WORD_FRAMES) : max(0, guess)]
        if not len(word):
            return None
        floor = float(self._frames[-200:].min())
        quiet = self._frames < max(_QUIET_SHARE * float(np.percentile(word, 85)), _ABOVE_FLOOR * floor)
        near = guess + _AFTER_FRAMES
        frame = max(0, guess - _BEFORE_FRAMES)
        while frame < min(len(quiet), max(near, until)):
            length = _run(quiet, frame)
            cut = frame + length == len(quiet)
            least = (_CUT_PAUSE_FRAMES if cut else _PAUSE_FRAMES) if frame < near else _LATER_PAUSE_FRAMES
            if length >= least:
                return frame
            frame += length + 1
        return None


def _run(quiet: NDArray[np.bool_], start: int) -> int:
    """Return how many frames from `start` on are quiet."""
    loud = np.flatnonzero(~quiet[start:])
    return int(loud[0]) if len(loud) else len(quiet) - start
