"""A server that answers what a test has written down: real HTTP on loopback, no model."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

type Play = Callable[[web.Request, web.StreamResponse], Awaitable[None]]

TIMINGS = {"cache_n": 600, "prompt_n": 40, "predicted_n": 12}


class Scripted:
    """Answers one play after the other; keeps what it was asked."""

    def __init__(self) -> None:
        self.plays: list[Play | tuple[int, Any]] = []
        self.bodies: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.models: Any = {"data": [{"id": "tiny", "owned_by": "llamacpp"}]}
        self.models_status = 200
        self.gone = asyncio.Event()
        """Set when the other side has hung up in the middle of an answer."""
        self.url = ""

    def add(self, *plays: Play | tuple[int, Any]) -> None:
        """Answer so, next: by a play, or a status with its JSON."""
        self.plays += plays

    async def _models(self, request: web.Request) -> web.Response:
        self.headers.append(dict(request.headers))
        if isinstance(self.models, str):
            return web.Response(status=self.models_status, text=self.models)
        return web.json_response(self.models, status=self.models_status)

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        self.bodies.append(await request.json())
        self.headers.append(dict(request.headers))
        play = self.plays.pop(0)
        if isinstance(play, tuple):
            return web.json_response(play[1], status=play[0])
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        try:
            await play(request, response)
        except asyncio.CancelledError, ConnectionError:
            self.gone.set()
            raise
        return response


@asynccontextmanager
async def scripted() -> AsyncIterator[Scripted]:
    """Serve on loopback."""
    server = Scripted()
    app = web.Application()
    app.router.add_get("/v1/models", server._models)
    app.router.add_post("/v1/chat/completions", server._chat)
    http = TestServer(app, handler_cancellation=True)
    await http.start_server()
    server.url = f"http://127.0.0.1:{http.port}/v1"
    try:
        yield server
    finally:
        await http.close()


def event(delta: dict[str, Any] | None = None, **more: Any) -> bytes:
    """Return one event of a stream."""
    told = {"choices": [{"index": 0, "delta": delta or {}}], **more}
    return f"data: {json.dumps(told)}\n\n".encode()


def writes(*pieces: str, timings: dict[str, Any] | None = None) -> Play:
    """Stream these pieces, and end well."""

    async def play(_request: web.Request, response: web.StreamResponse) -> None:
        for piece in pieces:
            await response.write(event({"content": piece}))
        await response.write(event(timings=timings or TIMINGS))
        await response.write(b"data: [DONE]\n\n")

    return play


def sends(*raw: bytes, drops: bool = False) -> Play:
    """Send these bytes as they are; `drops`: and cut the line."""

    async def play(request: web.Request, response: web.StreamResponse) -> None:
        for piece in raw:
            await response.write(piece)
        if drops:
            await asyncio.sleep(0)
            assert request.transport is not None
            request.transport.abort()

    return play


def calls(*said: tuple[str, str], cut: int = 9) -> Play:
    """Stream tool calls, their arguments in pieces."""

    async def play(_request: web.Request, response: web.StreamResponse) -> None:
        for index, (name, arguments) in enumerate(said):
            await response.write(
                event({"tool_calls": [{"index": index, "id": f"c{index}", "function": {"name": name}}]})
            )
            for at in range(0, len(arguments), cut):
                piece = {"index": index, "function": {"arguments": arguments[at : at + cut]}}
                await response.write(event({"tool_calls": [piece]}))
        await response.write(event(usage={"prompt_tokens": 700, "completion_tokens": 9}))
        await response.write(b"data: [DONE]\n\n")

    return play


def stays_silent(after: Sequence[str] = ()) -> Play:
    """Write these pieces, then nothing for as long as anybody listens."""

    async def play(_request: web.Request, response: web.StreamResponse) -> None:
        for piece in after:
            await response.write(event({"content": piece}))
        await asyncio.Event().wait()

    return play


def never_ends(piece: str) -> Play:
    """Write the same for as long as anybody listens."""

    async def play(_request: web.Request, response: web.StreamResponse) -> None:
        while True:
            await response.write(event({"content": piece}))
            await asyncio.sleep(0)

    return play
