"""One stream of a client: its format, its clock, what is heard in it."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from wyoming.event import Event

from ..audio import RATE, Ear, ear_of
from ..errors import ProtocolError
from .backlog import Piece
from .listener import Heard, Listener, Wake
from .trigger import NearMiss

_KEPT_CHUNKS: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A wake word that was said in a stream."""

    name: str
    score: float
    timestamp: int
    """When it ended: milliseconds of the client's clock."""


class Stream:
    """Hears pieces and says when, on the client's clock, a wake word ended."""

    def __init__(self, start: Event, listener: Listener) -> None:
        self._ear: Ear = ear_of(start)
        self._listener = listener
        self._skipped = 0
        # (where a piece begins, in samples of 16 kHz that were listened to; when that is for the client, in ms)
        self._clock = deque([(0, _timestamp(start) or 0)], maxlen=_KEPT_CHUNKS)

    def pieces(self, chunk: Event) -> Iterator[Piece]:
        """Yield what a chunk carries; raise ProtocolError for one that does not belong to this stream."""
        timestamp = _timestamp(chunk)
        for part in self._ear.parts(chunk):
            yield Piece(audio=part, seconds=self._ear.seconds(part), timestamp=timestamp)
            timestamp = None

    def hear(self, piece: Piece) -> list[Said | NearMiss]:
        """Return what is known to have been said, now that this piece came. Blocking."""
        self._mark(piece)
        return [self._said(heard) for heard in self._listener.hear(self._ear.hear(piece.audio))]

    def skip(self, pieces: Iterable[Piece]) -> None:
        """Leave pieces out; only the clock goes on. Blocking."""
        for piece in pieces:
            self._mark(piece)
            position, heard = self._position, self._ear.heard
            milliseconds = self._when(position)
            self._ear.hear(piece.audio)
            skipped = self._ear.heard - heard
            self._skipped += skipped
            self._clock.append((position, milliseconds + skipped * 1000 // RATE))

    def finish(self) -> list[Said | NearMiss]:
        """Return what is known now that the stream is over."""
        return [self._said(heard) for heard in self._listener.finish()]

    @property
    def _position(self) -> int:
        return self._ear.heard - self._skipped

    def _mark(self, piece: Piece) -> None:
        if piece.timestamp is not None:
            self._clock.append((self._position, piece.timestamp))

    def _said(self, heard: Heard) -> Said | NearMiss:
        if isinstance(heard, Wake):
            return Said(name=heard.name, score=heard.score, timestamp=self._when(heard.end))
        return heard

    def _when(self, sample: int) -> int:
        begun = (mark for mark in reversed(self._clock) if mark[0] <= sample)
        position, milliseconds = next(begun, self._clock[0])
        return milliseconds + (sample - position) * 1000 // RATE


def _timestamp(event: Event) -> int | None:
    value = event.data.get("timestamp")
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise ProtocolError(f"{event.type} has a timestamp that is not in milliseconds: {value!r}")
