"""The events that wait for their client's turn, and the memory that long ones share."""

import asyncio
from collections import deque

from wyoming.event import Event

from .bounds import Bounds
from .metrics import Metrics


class Room:
    """Memory for long payloads, shared by all clients of a server."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._taken = 0
        self._given = asyncio.Event()

    def needed(self, size: int) -> int:
        """Return what a payload of so many bytes takes: nothing for a short one."""
        return size if size > self._bounds.long_bytes else 0

    async def take(self, size: int) -> None:
        """Wait until so much is free, and take it."""
        while self._taken and self._taken + size > self._bounds.shared_bytes:
            self._given.clear()
            await self._given.wait()
        self._taken += size

    def give(self, size: int) -> None:
        """Give back what was taken."""
        self._taken -= size
        self._given.set()


class Inbox:
    """One client's events, in order, from one task to another; bounded in number and in bytes."""

    def __init__(self, bounds: Bounds, metrics: Metrics) -> None:
        self._bounds = bounds
        self._metrics = metrics
        self._events: deque[Event] = deque()
        self._bytes = 0
        self._closed = False
        self._put = asyncio.Event()
        self._got = asyncio.Event()

    async def put(self, event: Event) -> None:
        """Add an event, once there is room."""
        size = size_of(event)
        while self._events and not self._fits(size):
            self._got.clear()
            await self._got.wait()
        self._events.append(event)
        self._count(size, 1)
        self._put.set()

    async def get(self) -> Event | None:
        """Return the next event; None once it is closed and empty."""
        while not self._events:
            if self._closed:
                return None
            self._put.clear()
            await self._put.wait()
        event = self._events.popleft()
        self._count(-size_of(event), -1)
        self._got.set()
        return event

    def close(self) -> None:
        """Expect no more events."""
        self._closed = True
        self._put.set()

    def forget(self) -> None:
        """Let go of what still waits."""
        self._count(-self._bytes, -len(self._events))
        self._events.clear()

    def _fits(self, size: int) -> bool:
        return len(self._events) < self._bounds.queued_events and self._bytes + size <= self._bounds.queued_bytes

    def _count(self, size: int, number: int) -> None:
        self._bytes += size
        self._metrics.queued_bytes.inc(size)
        self._metrics.queued_events.inc(number)


def size_of(event: Event) -> int:
    """Return the bytes of an event's payload."""
    return len(event.payload or b"")
