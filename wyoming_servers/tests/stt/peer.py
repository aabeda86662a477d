"""Home Assistant's WebSocket API, as much of it as the speech-to-text server speaks with."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import WSMsgType, web

TOKEN = "a-long-lived-token"


class HomeAssistantPeer:
    """Serves `vocabulary`; None: Athena is not set up."""

    def __init__(self, vocabulary: dict[str, Any] | None) -> None:
        self.vocabulary = vocabulary
        self.port = 0
        self.sign_ins = 0
        self.requests = 0
        self._sockets: dict[web.WebSocketResponse, dict[str, int]] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @asynccontextmanager
    async def up(self) -> AsyncIterator[None]:
        """Listen until the end of the block; the second time on the same port."""
        application = web.Application()
        application.router.add_get("/api/websocket", self._serve)
        runner = web.AppRunner(application, shutdown_timeout=0.1, access_log=None)
        await runner.setup()
        try:
            site = web.TCPSite(runner, "127.0.0.1", self.port, reuse_address=True)
            await site.start()
            self.port = runner.addresses[0][1]
            yield
        finally:
            for socket in list(self._sockets):
                await socket.close()
            await runner.cleanup()

    async def fire(self, event: str) -> None:
        """Send an event to who subscribed to it."""
        for socket, subscriptions in self._sockets.items():
            if event in subscriptions:
                message = {"id": subscriptions[event], "type": "event", "event": {"event_type": event, "data": {}}}
                await socket.send_json(message)

    async def _serve(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "auth_required", "ha_version": "2026.10.4"})
        self.sign_ins += 1
        if (await socket.receive_json())["access_token"] != TOKEN:
            await socket.send_json({"type": "auth_invalid", "message": "Invalid access token or password"})
            await socket.close()
            return socket
        await socket.send_json({"type": "auth_ok", "ha_version": "2026.10.4"})
        self._sockets[socket] = {}
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await self._answer(socket, message.json())
        finally:
            del self._sockets[socket]
        return socket

    async def _answer(self, socket: web.WebSocketResponse, request: dict[str, Any]) -> None:
        answer: dict[str, Any] = {"id": request["id"], "type": "result", "success": True, "result": None}
        if request["type"] == "subscribe_events":
            self._sockets[socket][request["event_type"]] = request["id"]
        elif request["type"] == "athena/vocabulary" and self.vocabulary is not None:
            self.requests += 1
            answer["result"] = self.vocabulary
        else:
            answer |= {"success": False, "error": {"code": "unknown_command", "message": "Unknown command."}}
        await socket.send_json(answer)


async def free_port() -> int:
    """Return a port on which nothing listens now."""
    server = await asyncio.start_server(lambda _reader, _writer: None, "127.0.0.1", 0)
    port: int = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    return port
