"""PCM audio: its format, and any format made into the one that is heard."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import soxr
from wyoming.event import Event

from .errors import ProtocolError

HEARD_RATE: Final = 16_000
"""Samples a second of what the wake word server and Home Assistant hear: 16-bit, one channel."""

HEARD_WIDTH: Final = 2

_RATES: Final = range(4_000, 384_001)
_WIDTHS: Final = range(1, 5)
_CHANNELS: Final = range(1, 17)


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """Format of interleaved little-endian PCM, as WAV has it: 1 byte is unsigned, more are signed."""

    rate: int
    """Samples a second."""

    width: int
    """Bytes in a sample."""

    channels: int

    @property
    def audible(self) -> bool:
        """True for what sound comes in; a header may claim anything."""
        return self.rate in _RATES and self.width in _WIDTHS and self.channels in _CHANNELS

    @property
    def frame_bytes(self) -> int:
        """Bytes of one sample of all channels."""
        return self.width * self.channels

    @property
    def bytes_per_second(self) -> int:
        """Bytes in a second."""
        return self.rate * self.frame_bytes


HEARD: Final = Format(rate=HEARD_RATE, width=HEARD_WIDTH, channels=1)


def format_of(event: Event) -> Format:
    """Return the audio format of an audio-start."""
    rate, width, channels = (event.data.get(key) for key in ("rate", "width", "channels"))
    if isinstance(rate, int) and isinstance(width, int) and isinstance(channels, int):
        form = Format(rate=rate, width=width, channels=channels)
        if form.audible:
            return form
    raise ProtocolError(f"{event.type} has no audio format: rate {rate!r}, width {width!r}, channels {channels!r}")


def mono(audio: bytes, form: Format) -> npt.NDArray[np.float32]:
    """Return one channel in -1…1: the mean of all."""
    samples = _floats(audio, form.width)
    if form.channels > 1:
        samples = samples[: len(samples) // form.channels * form.channels]
        samples = samples.reshape(-1, form.channels).mean(axis=1, dtype=np.float32)
    return samples


def pcm16(samples: npt.NDArray[np.float32]) -> bytes:
    """Return -1…1 as 16-bit PCM; what is louder is clipped."""
    return np.clip(np.rint(samples * 32768.0), -32768, 32767).astype("<i2").tobytes()


def as_pcm16(audio: bytes, width: int) -> bytes:
    """Return PCM of any width as 16-bit PCM."""
    return audio if width == 2 else pcm16(_floats(audio, width))


def resampled(samples: npt.NDArray[np.float32], *, rate: int, to: int) -> npt.NDArray[np.float32]:
    """Return a whole recording at another rate, anti-aliased."""
    return samples if rate == to else soxr.resample(samples, rate, to)


class Converter:
    """Makes a stream of one format into 16-bit of another, anti-aliased.

    Where the number of channels differs, each of the new ones gets the mean of the old.
    """

    def __init__(self, source: Format, target: Format) -> None:
        self._source = source
        self._target = target
        self._rest = b""
        self._resampler = (
            None if source.rate == target.rate else soxr.ResampleStream(source.rate, target.rate, 1, dtype="float32")
        )

    def convert(self, audio: bytes, *, last: bool = False) -> bytes:
        """Return what the next piece of the stream adds; the piece may end within a sample."""
        if self._rest:
            audio = self._rest + audio
        whole = len(audio) // self._source.frame_bytes * self._source.frame_bytes
        audio, self._rest = audio[:whole], audio[whole:]
        if self._source.rate == self._target.rate and self._source.channels == self._target.channels:
            return as_pcm16(audio, self._source.width)
        samples = mono(audio, self._source)
        if self._resampler is not None:
            samples = self._resampler.resample_chunk(samples, last=last)
        return pcm16(np.repeat(samples, self._target.channels))


def _floats(audio: bytes, width: int) -> npt.NDArray[np.float32]:
    if width == 1:
        return (np.frombuffer(audio, np.uint8).astype(np.float32) - 128.0) / 128.0
    if width == 2:
        return np.frombuffer(audio, "<i2").astype(np.float32) / 32768.0
    if width == 3:
        padded = np.zeros((len(audio) // 3, 4), np.uint8)
        padded[:, 1:] = np.frombuffer(audio, np.uint8).reshape(-1, 3)
        return padded.view("<i4").reshape(-1).astype(np.float32) / 2147483648.0
    return np.frombuffer(audio, "<i4").astype(np.float32) / 2147483648.0
