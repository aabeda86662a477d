"""Audio of one stream that waits for its inference. It is bounded, in bytes and in time.

A client that sends faster than one speaks (a recording) is held back by TCP and loses nothing. A live one cannot be
held back: where the machine does not keep up, what has waited for LATEST_SECONDS is dropped, the oldest first, so that
a word is detected by then or not at all, and not a minute later.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from ..audio import PART_BYTES

LATEST_SECONDS: Final = 3.0
"""How late audio may be heard, after it was spoken."""
_MOST_BYTES: Final = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some audio, in the stream's own format."""

    audio: bytes
    seconds: float
    timestamp: int | None = None
    """When it begins, in milliseconds of the client's clock, where the client tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Pieces that are dealt with at once."""

    pieces: Sequence[Piece]
    late: bool
    """Too late to be heard."""

    @property
    def seconds(self) -> float:
        """How long they are."""
        return sum(piece.seconds for piece in self.pieces)


class Backlog:
    """The pieces of one stream, in order, from one task to one other."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._pieces: deque[tuple[Piece, float]] = deque()  # with when each was, or could have been, spoken
        self.waiting_bytes = 0
        """What waits now."""
        self._spoken = clock()
        self._filled = asyncio.Event()
        self._drained = asyncio.Event()
        self._closed = False

    async def put(self, piece: Piece) -> None:
        """Add a piece; waits while there is too much already."""
        while self.waiting_bytes >= _MOST_BYTES and not self._closed:
            self._drained.clear()
            await self._drained.wait()
        if self._closed:
            return
        self._spoken = max(self._spoken + piece.seconds, self._clock())
        self._pieces.append((piece, self._spoken))
        self.waiting_bytes += len(piece.audio)
        self._filled.set()

    async def take(self) -> Batch | None:
        """Return the oldest pieces, a few at once where several wait; None once there comes no more."""
        while not self._pieces and not self._closed:
            self._filled.clear()
            await self._filled.wait()
        if not self._pieces:
            return None
        latest = self._clock() - LATEST_SECONDS
        late = self._pieces[0][1] < latest
        pieces: list[Piece] = []
        size = 0
        while self._pieces and (self._pieces[0][1] < latest) == late and size < PART_BYTES:
            piece, _ = self._pieces.popleft()
            pieces.append(piece)
            size += len(piece.audio)
        self.waiting_bytes -= size
        self._drained.set()
        return Batch(pieces=pieces, late=late)

    def close(self) -> None:
        """Let `take` return what there is, and then None."""
        self._closed = True
        self._filled.set()
        self._drained.set()
