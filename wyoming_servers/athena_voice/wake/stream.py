"""One stream of a client: its format, its clock, its detector."""

from collections import deque
from typing import Final

from wyoming.event import Event

from ..audio import RATE, Ear, Samples, ear_of, format_of
from ..errors import ProtocolError
from .engine import Detector, Wake

_KEPT_CHUNKS: Final = 1000


class Stream:
    """Hears chunks and says when, on the client's clock, a wake word ended. Blocking."""

    def __init__(self, start: Event, detector: Detector) -> None:
        self.detected = False
        self._ear: Ear = ear_of(start)
        self._detector = detector
        # (where a chunk begins, in samples of 16 kHz; when that is for the client, in ms)
        self._clock = deque([(0, _timestamp(start) or 0)], maxlen=_KEPT_CHUNKS)

    def hear(self, chunk: Event) -> list[tuple[str, int]]:
        """Return the names of the wake words said, each with the millisecond at which it ended."""
        if format_of(chunk) != self._ear.format:
            raise ProtocolError(f"{chunk.type} has another format than its audio-start")
        if (timestamp := _timestamp(chunk)) is not None:
            self._clock.append((self._ear.heard, timestamp))
        samples: Samples = self._ear.hear(chunk.payload or b"")
        return [(wake.name, self._when(wake)) for wake in self._detector.hear(samples)]

    def _when(self, wake: Wake) -> int:
        begun = (mark for mark in reversed(self._clock) if mark[0] <= wake.end)
        position, milliseconds = next(begun, self._clock[0])
        return milliseconds + (wake.end - position) * 1000 // RATE


def _timestamp(event: Event) -> int | None:
    value = event.data.get("timestamp")
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise ProtocolError(f"{event.type} has a timestamp that is not in milliseconds: {value!r}")
