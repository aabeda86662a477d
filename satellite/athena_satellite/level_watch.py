"""Whether the sound that a microphone gives can be of any use; where it cannot, the log says so once."""

import logging
from typing import Final

import numpy as np
import numpy.typing as npt

from .audio import HEARD_RATE

_LOGGER = logging.getLogger(__name__)

_FLAT_SAMPLES: Final = 5 * HEARD_RATE
"""Nothing but zeros for so long is no quiet room: even there a microphone gives noise."""

_CLIPPED_SAMPLES: Final = 10 * HEARD_RATE
"""Over so many samples the share of those at full scale is reckoned."""

_CLIPPED_SHARE: Final = 0.01
_FULL_SCALE: Final = 32_767


class LevelWatch:
    """Tells of a microphone that is muted, and of one that is overdriven."""

    def __init__(self) -> None:
        self._zeros = 0
        self._flat = False
        self._samples = 0
        self._clipped = 0
        self._overdriven = False

    def note(self, audio: bytes) -> None:
        """Take in what was heard, 16 kHz, 16-bit and one channel."""
        samples: npt.NDArray[np.int16] = np.frombuffer(audio, "<i2")
        if len(samples):
            self._note_flat(samples)
            self._note_clipped(samples)

    def _note_flat(self, samples: npt.NDArray[np.int16]) -> None:
        sound = samples.any()
        self._zeros = 0 if sound else self._zeros + len(samples)
        if self._zeros > _FLAT_SAMPLES and not self._flat:
            self._flat = True
            _LOGGER.warning("The microphone gives only silence: is it muted?")
        elif self._flat and sound:
            self._flat = False
            _LOGGER.info("The microphone gives sound again")

    def _note_clipped(self, samples: npt.NDArray[np.int16]) -> None:
        self._samples += len(samples)
        self._clipped += int(np.count_nonzero((samples >= _FULL_SCALE) | (samples <= -_FULL_SCALE)))
        if self._samples < _CLIPPED_SAMPLES:
            return
        share = self._clipped / self._samples
        self._samples = self._clipped = 0
        if share > _CLIPPED_SHARE and not self._overdriven:
            self._overdriven = True
            _LOGGER.warning("The microphone is overdriven (%.0f %% of it is clipped): turn its gain down", share * 100)
