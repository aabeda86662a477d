"""One HTTP server. Like the Wyoming ones it listens first and loads after."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Final, Protocol, override

from aiohttp import web

from .address import Address
from .address_errors import address_errors
from .bounds import Bounds
from .monitor import Health, monitoring
from .service import Watched

_LOGGER = logging.getLogger(__name__)

MOST_BYTES: Final = 8 * 1024 * 1024
"""Of a request."""
_FULL: Final = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class WebService(Watched, Protocol):
    """What a server serves over HTTP."""

    async def run(self, ready: Callable[[], None]) -> None:
        """Load the engine and keep it; `ready` is called each time it can serve."""

    async def handle(self, asked: web.BaseRequest) -> web.StreamResponse:
        """Answer a request; cancelled when the client goes."""


def web_handler(handle: Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]) -> web.Server:
    """Return what answers connections: it ends `handle` when the client goes, and bounds the size of a request."""
    loop = asyncio.get_running_loop()

    def asked(message: Any, payload: Any, protocol: Any, writer: Any, task: Any) -> web.BaseRequest:
        return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=MOST_BYTES)

    return web.Server(handle, request_factory=asked, handler_cancellation=True, access_log=None)


async def serve_web(
    service: WebService,
    address: Address,
    stop: asyncio.Event,
    on_listening: Callable[[Address], None] | None = None,
    *,
    bounds: Bounds | None = None,
    monitor: Address | None = None,
    on_monitoring: Callable[[Address], None] | None = None,
) -> None:
    """Listen and serve until `stop` is set, as `server.serve` does."""
    bounds = bounds or Bounds()
    health = Health(service)
    loop = asyncio.get_running_loop()

    handler = web_handler(service.handle)

    def connection() -> asyncio.Protocol:
        if len(handler.connections) >= bounds.clients:
            service.metrics.refused.inc()
            return _Full()
        service.metrics.accepted.inc()
        return handler()

    def ready() -> None:
        health.ready = True
        _LOGGER.info("%s is ready", service.name)

    async with contextlib.AsyncExitStack() as stack:
        with address_errors(address):
            server = await loop.create_server(connection, address.host, address.port, start_serving=False)
        stack.callback(server.close)
        service.metrics.connections.set_function(lambda: len(handler.connections))
        bound = Address(address.host, server.sockets[0].getsockname()[1], address.scheme)
        monitored = None if monitor is None else await stack.enter_async_context(monitoring(monitor, health))
        stack.callback(_LOGGER.info, "%s stopped", service.name)
        async with asyncio.TaskGroup() as tasks:
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
            handler.pre_shutdown()
            await handler.shutdown(bounds.stop_seconds)
            work.cancel()


class _Full(asyncio.Protocol):
    """A connection too many: it is told so."""

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        transport.write(_FULL)
        transport.close()
