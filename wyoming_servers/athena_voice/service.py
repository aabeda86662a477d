"""What a server serves, and what one client does with it."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from wyoming.event import Event
from wyoming.info import Info

from .metrics import Metrics

type Send = Callable[[Event], Awaitable[None]]


class Session(Protocol):
    """What one client does with a server; events come in order, one at a time."""

    async def handle(self, event: Event) -> None:
        """Do what an event asks for; a RequestError is told to the client, a ProtocolError ends it."""

    async def close(self) -> None:
        """Let go of everything: the client is gone."""


class Watched(Protocol):
    """What tells of its health."""

    @property
    def name(self) -> str:
        """Words for the log: "wake word server"."""

    @property
    def metrics(self) -> Metrics:
        """What it counts; its own."""

    def problems(self) -> Sequence[str]:
        """Say, in words, why it cannot serve although its engine is loaded; nothing where it can."""


class Service(Watched, Protocol):
    """What a server serves."""

    async def run(self, ready: Callable[[], None]) -> None:
        """Load the engine, call `ready`, go on with what is to be done beside the clients; may return.

        `ready` is called again once the last of its problems has gone.
        """

    async def info(self) -> Info:
        """Return what Home Assistant asks for; waits for the engine when only the engine knows."""

    def open(self, send: Send) -> Session:
        """Return a session for a new client."""
