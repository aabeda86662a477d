"""Audio in any format, heard as the engines hear it: 16 kHz, 16-bit, mono."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import soxr
from numpy.typing import NDArray
from wyoming.event import Event

from .errors import ProtocolError

RATE: Final = 16_000
"""Samples a second that every engine hears."""

type Samples = NDArray[np.int16]

PART_BYTES: Final = 8192
"""What is heard at a time, so that one client's long chunk keeps no other waiting."""

_RATES: Final = range(4_000, 384_001)
_WIDTHS: Final = range(1, 5)
_CHANNELS: Final = range(1, 17)


class Ear:
    """Converts one stream, chunk by chunk; a chunk may end in the middle of a frame."""

    def __init__(self, *, rate: int, width: int, channels: int) -> None:
        self._format = (rate, width, channels)
        self.received = 0
        """Samples that have come in, per channel, at the stream's own rate."""
        self._width = width
        self._channels = channels
        self._rest = b""
        self._resampler = None if rate == RATE else soxr.ResampleStream(rate, RATE, 1, dtype="float32")

    def hear(self, audio: bytes) -> Samples:
        """Return what a chunk adds, anti-aliased; a resampler holds the last few milliseconds back."""
        data = self._rest + audio
        frame = self._width * self._channels
        whole = len(data) - len(data) % frame
        self._rest = data[whole:]
        self.received += whole // frame
        return self._resampled(_mono(data[:whole], self._width, self._channels), last=False)

    def finish(self) -> Samples:
        """Return what was held back; the stream is over."""
        return self._resampled(np.zeros(0, np.float32), last=True)

    @property
    def heard(self) -> int:
        """Where the end of what came in lies, in samples of 16 kHz."""
        return self.received * RATE // self._format[0]

    def parts(self, chunk: Event) -> Iterator[bytes]:
        """Yield what an audio-chunk carries, a part at a time; raise ProtocolError for one of another format."""
        if format_of(chunk) != self._format:
            raise ProtocolError(f"{chunk.type} has another format than its audio-start")
        audio = chunk.payload or b""
        return (audio[start : start + PART_BYTES] for start in range(0, len(audio), PART_BYTES))

    def seconds(self, audio: bytes) -> float:
        """Return how long some audio in the stream's own format is."""
        rate, width, channels = self._format
        return len(audio) / (rate * width * channels)

    def _resampled(self, mono: NDArray[np.float32], *, last: bool) -> Samples:
        if self._resampler is not None:
            mono = self._resampler.resample_chunk(mono, last=last)
        return np.clip(np.rint(mono), -32768, 32767).astype(np.int16)


def ear_of(event: Event) -> Ear:
    """Return an ear for the format that an audio-start or an audio-chunk names."""
    rate, width, channels = format_of(event)
    return Ear(rate=rate, width=width, channels=channels)


def format_of(event: Event) -> tuple[int, int, int]:
    """Return rate (hertz), width (bytes) and channels of an audio event; ProtocolError for what cannot be heard."""
    rate, width, channels = (event.data.get(key) for key in ("rate", "width", "channels"))
    if not (isinstance(rate, int) and isinstance(width, int) and isinstance(channels, int)):
        raise ProtocolError(f"{event.type} has no audio format: rate {rate!r}, width {width!r}, channels {channels!r}")
    if not (rate in _RATES and width in _WIDTHS and channels in _CHANNELS):
        raise ProtocolError(f"{event.type} has a format nobody can hear: {rate} Hz, {width} bytes, {channels} channels")
    return rate, width, channels


def _mono(data: bytes, width: int, channels: int) -> NDArray[np.float32]:
    """Return the mean of the channels, scaled as 16-bit samples; 8-bit samples are unsigned, as in WAV files."""
    if width == 1:
        samples = (np.frombuffer(data, np.uint8).astype(np.float32) - 128.0) * 256.0
    elif width == 3:
        padded = np.zeros((len(data) // 3, 4), np.uint8)
        padded[:, 1:] = np.frombuffer(data, np.uint8).reshape(-1, 3)
        samples = padded.view("<i4").reshape(-1).astype(np.float32) / 65536.0
    else:
        samples = np.frombuffer(data, f"<i{width}").astype(np.float32) / (1.0 if width == 2 else 65536.0)
    return samples.reshape(-1, channels).mean(axis=1, dtype=np.float32)
