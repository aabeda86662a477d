"""What is known of the sound that a microphone gives: for the log, once each, and for whoever asks."""

import logging
from typing import Final

import numpy as np

from .audio import HEARD_RATE

_LOGGER = logging.getLogger(__name__)

_FLAT_SAMPLES: Final = 5 * HEARD_RATE
"""Nothing but zeros for so long is no quiet room: even there a microphone gives noise."""

_CLIPPED_SAMPLES: Final = 10 * HEARD_RATE
_CLIPPED_SHARE: Final = 0.01
_FULL_SCALE: Final = 32_767
_RECENT_SECONDS: Final = 2.0


class Hearing:
    """Counts what is heard, 16 kHz and one channel; tells of a muted and of an overdriven microphone."""

    def __init__(self) -> None:
        self.samples = 0
        """Heard since the start."""

        self.clipped_samples = 0
        """At full scale since the start."""

        self.flat = False
        """True while the microphone gives nothing but zeros."""

        self._zeros = 0
        self._since = 0.0
        self._samples_then = 0
        self._rate = 0.0
        self._last = 0.0
        self._window = (0, 0)  # samples and clipped samples where the window for clipping began
        self._overdriven = False

    def note(self, audio: bytes, at: float) -> None:
        """Take in what was heard; `at` is the event loop's time."""
        samples = np.frombuffer(audio, "<i2")
        if not len(samples):
            return
        self.samples += len(samples)
        self._note_rate(at)
        self._note_flat(samples.any(), len(samples))
        self.clipped_samples += int(np.count_nonzero((samples >= _FULL_SCALE) | (samples <= -_FULL_SCALE)))
        self._note_clipping()

    def samples_per_second(self, at: float) -> float:
        """Return the rate measured last; 0 when nothing was heard for 2 s. It is near 16,000 where all is well."""
        return self._rate if at - self._last < _RECENT_SECONDS else 0.0

    def _note_rate(self, at: float) -> None:
        if at - self._last >= _RECENT_SECONDS:  # the first, or after a gap
            self._since, self._samples_then = at, self.samples
        elif at - self._since >= 1.0:
            self._rate = (self.samples - self._samples_then) / (at - self._since)
            self._since, self._samples_then = at, self.samples
        self._last = at

    def _note_flat(self, sound: np.bool, samples: int) -> None:
        self._zeros = 0 if sound else self._zeros + samples
        if self._zeros > _FLAT_SAMPLES and not self.flat:
            self.flat = True
            _LOGGER.warning("The microphone gives only silence: is it muted?")
        elif self.flat and sound:
            self.flat = False
            _LOGGER.info("The microphone gives sound again")

    def _note_clipping(self) -> None:
        samples, clipped = self._window
        if self.samples - samples < _CLIPPED_SAMPLES:
            return
        share = (self.clipped_samples - clipped) / (self.samples - samples)
        self._window = (self.samples, self.clipped_samples)
        if share > _CLIPPED_SHARE and not self._overdriven:
            self._overdriven = True
            _LOGGER.warning("The microphone is overdriven (%.0f %% of it is clipped): turn its gain down", share * 100)
