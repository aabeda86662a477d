"""What a voice server is made of: a service that all clients share, and a session for each of them."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from wyoming.event import Event, Eventable
from wyoming.info import Info

type Send = Callable[[Eventable], Awaitable[None]]
"""Writes one event to the client; raises ConnectionError once it is gone."""


class Session(Protocol):
    """One client's connection; its events are told one after the other."""

    async def on_event(self, event: Event) -> None:
        """Answer one event; raise RequestError for what cannot be had. Unknown events are ignored."""

    async def close(self) -> None:
        """The client is gone: stop what was done for it."""


class Service(Protocol):
    """An engine and what it can do."""

    name: str
    """As it is called in the log."""

    async def load(self) -> None:
        """Make the engine ready, off the event loop; raise EngineError where it cannot be."""

    async def run(self) -> None:
        """Do what has to be done while the server runs; may return at once."""

    def info(self) -> Info:
        """Return what is told to whoever asks; called after `load`."""

    def session(self, send: Send) -> Session:
        """Return the session of a new client."""
