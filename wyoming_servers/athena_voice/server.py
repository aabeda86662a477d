"""One Wyoming server over TCP. It listens first and loads after; Describe is answered at any moment."""

import asyncio
import contextlib
import logging
from collections.abc import Callable

from wyoming.error import Error

from .address import Address
from .address_errors import address_errors
from .bounds import Bounds
from .client import Client, leave, name_of, say_last
from .freed_memory import give_back
from .inbox import Room
from .monitor import Health, monitoring
from .service import Service

_LOGGER = logging.getLogger(__name__)


async def serve(
    service: Service,
    address: Address,
    stop: asyncio.Event,
    on_listening: Callable[[Address], None] | None = None,
    *,
    bounds: Bounds | None = None,
    monitor: Address | None = None,
    on_monitoring: Callable[[Address], None] | None = None,
) -> None:
    """Listen and serve until `stop` is set; raise AddressError or EngineError when that cannot be.

    `monitor` is where health and metrics are told. `on_listening` and `on_monitoring` are told the addresses once they
    are bound, with the ports that port 0 became.
    """
    health = Health(service)
    tasks = asyncio.TaskGroup()
    clients = _Clients(service, bounds or Bounds(), tasks)

    def ready() -> None:
        health.ready = True
        if problems := service.problems():
            _LOGGER.info("%s is loaded, but not ready: %s", service.name, "; ".join(problems))
        else:
            _LOGGER.info("%s is ready", service.name)

    async with contextlib.AsyncExitStack() as stack:
        with address_errors(address):
            server = await asyncio.start_server(clients.accept, address.host, address.port, start_serving=False)
        stack.callback(server.abort_clients)
        stack.callback(server.close)
        bound = Address(address.host, server.sockets[0].getsockname()[1])
        monitored = None if monitor is None else await stack.enter_async_context(monitoring(monitor, health))
        stack.callback(_LOGGER.info, "%s stopped", service.name)
        async with tasks:
            with address_errors(address):
                await server.start_serving()
            _LOGGER.info("%s listening on %s", service.name, bound)
            if on_listening is not None:
                on_listening(bound)
            if monitored is not None:
                _LOGGER.info("%s tells of its health at %s/health", service.name, monitored)
                if on_monitoring is not None:
                    on_monitoring(monitored)
            work = tasks.create_task(service.run(ready))
            await stop.wait()
            health.stopping = True
            server.close()
            await clients.stop()
            work.cancel()


class _Clients:
    """The clients of a server, no more than it has room for."""

    def __init__(self, service: Service, bounds: Bounds, tasks: asyncio.TaskGroup) -> None:
        self._service = service
        self._bounds = bounds
        self._tasks = tasks
        self._room = Room(bounds)
        self._clients: dict[asyncio.Task[None], Client] = {}
        self._refusals = 0
        self._full = False

    def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve a new client, or tell it that there are too many."""
        if len(self._clients) >= self._bounds.clients:
            self._log_full(name_of(writer))
            if self._refusals < self._bounds.refusals:
                self._tasks.create_task(self._refuse(reader, writer))
            else:
                writer.transport.abort()
            return
        self._service.metrics.accepted.inc()
        client = Client(self._service, self._bounds, self._room, reader, writer)
        task = self._tasks.create_task(client.run())
        self._clients[task] = client
        task.add_done_callback(self._gone)

    async def stop(self) -> None:
        """Let what was begun end, within a bound; then tell of it as an error."""
        for client in self._clients.values():
            client.stop()
        await self._ended(self._bounds.stop_seconds)
        for client in self._clients.values():
            client.give_up()
        await self._ended(2 * self._bounds.last_words_seconds)
        for task in self._clients:
            task.cancel()

    async def _ended(self, seconds: float) -> None:
        if self._clients:
            await asyncio.wait(list(self._clients), timeout=seconds)

    async def _refuse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._refusals += 1
        try:
            error = Error(
                text=f"this server has {self._bounds.clients} connections, which is as many as it serves",
                code="too-many-clients",
            )
            self._service.metrics.error("too-many-clients")
            await say_last(error, reader, writer, self._bounds.last_words_seconds)
        finally:
            self._refusals -= 1
            await leave(writer, self._bounds.last_words_seconds)

    def _gone(self, task: asyncio.Task[None]) -> None:
        if self._clients.pop(task).took_room and not any(client.took_room for client in self._clients.values()):
            give_back()
        if self._full and len(self._clients) <= self._bounds.clients * 3 // 4:  # not at each one that comes and goes
            self._full = False
            _LOGGER.info("%s has room for connections again", self._service.name)

    def _log_full(self, name: str) -> None:
        self._service.metrics.refused.inc()
        if not self._full:
            self._full = True
            _LOGGER.warning(
                "%s: %s and others are refused: there are %d connections",
                *(self._service.name, name, self._bounds.clients),
            )
