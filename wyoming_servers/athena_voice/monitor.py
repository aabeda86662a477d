"""What a server tells of itself over HTTP: /health for what restarts it, /metrics for Prometheus."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Final

from aiohttp import web

from .address import Address
from .address_errors import address_errors
from .errors import AddressError
from .metrics import CONTENT_TYPE
from .service import Watched

_MOST_CONNECTIONS: Final = 32
"""The oldest makes room for a newer one: one that dribbles its request keeps nobody out."""
_STOP_SECONDS: Final = 1.0


class Health:
    """Whether a server can do what it is there for. It is asked on the event loop: no answer at all is one too."""

    def __init__(self, service: Watched) -> None:
        self.service = service
        self.ready = False
        self.stopping = False

    def problems(self) -> Sequence[str]:
        """Say, in words, what is wrong; nothing where all is well."""
        problems = []
        if self.stopping:
            problems.append("the server is stopping")
        if self.ready:
            problems += self.service.problems()
        else:
            problems.append("the engine is not loaded yet")
        return [*problems, *self.service.metrics.progress.problems()]


@asynccontextmanager
async def monitoring(address: Address, health: Health) -> AsyncIterator[Address]:
    """Answer over HTTP for the length of the block; yield the address that it is. Raises AddressError."""

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        return _answer(request, health)

    handler = web.Server(answer, access_log=None)

    def connection() -> asyncio.Protocol:
        if len(handler.connections) >= _MOST_CONNECTIONS:
            handler.connections[0].force_close()
        return handler()

    try:
        with address_errors(address):
            server = await asyncio.get_running_loop().create_server(connection, address.host, address.port)
    except AddressError as err:
        raise AddressError(
            f"{err}; choose another address for health and metrics with --metrics-uri, or --no-metrics"
        ) from err
    try:
        yield Address(address.host, server.sockets[0].getsockname()[1], address.scheme)
    finally:
        server.close()
        handler.pre_shutdown()
        await handler.shutdown(_STOP_SECONDS)


def _answer(request: web.BaseRequest, health: Health) -> web.Response:
    if request.method not in {"GET", "HEAD"}:
        return web.Response(status=405, headers={"Allow": "GET, HEAD"})
    if request.path == "/metrics":
        return web.Response(
            body=health.service.metrics.exposition(),
            headers={"Content-Type": CONTENT_TYPE, "Cache-Control": "no-store"},
        )
    if request.path != "/health":
        return web.Response(status=404, text="There are /health and /metrics.\n")
    problems = health.problems()
    told = {
        "server": health.service.name,
        "version": version("athena-voice"),
        "healthy": not problems,
        "problems": list(problems),
    }
    return web.json_response(told, status=503 if problems else 200, headers={"Cache-Control": "no-store"})
