"""Audio of any form becomes 16 kHz 16-bit mono."""

from typing import Final

import numpy as np
import numpy.typing as npt
import soxr

from athena_voice.errors import ProtocolError

RATE: Final = 16_000

type Samples = npt.NDArray[np.int16]

_TYPES: Final = {1: np.uint8, 2: np.int16, 4: np.int32}


class Converter:
    """A stream of one form, as 16 kHz 16-bit mono; without aliasing, and without clicks between chunks."""

    def __init__(self, rate: int, width: int, channels: int) -> None:
        """Take Hz, bytes a sample and channels; raise ProtocolError for what is no audio."""
        if not 4_000 <= rate <= 384_000 or width not in _TYPES or not 1 <= channels <= 32:
            raise ProtocolError(f"no audio this server reads: {rate} Hz, {width} bytes a sample, {channels} channels")
        self.form = (rate, width, channels)
        self._width = width
        self._channels = channels
        self._rest = b""
        self._resampler = None if rate == RATE else soxr.ResampleStream(rate, RATE, 1, dtype="float32")

    def convert(self, audio: bytes, *, last: bool = False) -> Samples:
        """Return the samples that the audio up to now has become; `last` gives those that were held back."""
        audio = self._rest + audio
        whole = len(audio) - len(audio) % (self._width * self._channels)
        self._rest = audio[whole:]
        samples = np.frombuffer(audio[:whole], _TYPES[self._width])
        if self.form == (RATE, 2, 1):
            return samples.astype(np.int16, copy=False)
        mono = _as_float(samples).reshape(-1, self._channels).mean(axis=1, dtype=np.float32)
        if self._resampler is not None:
            mono = self._resampler.resample_chunk(mono, last=last)
        return np.clip(np.rint(mono * 32768.0), -32768, 32767).astype(np.int16)


def _as_float(samples: npt.NDArray[np.integer]) -> npt.NDArray[np.float32]:
    if samples.dtype == np.uint8:
        return (samples.astype(np.float32) - 128.0) / 128.0
    return samples.astype(np.float32) / np.float32(np.iinfo(samples.dtype).max + 1.0)
