"""The network of a WLED controller: HTTP with its JSON API, and its WebSocket. What it is told it remembers."""

import asyncio
import json
from collections import Counter, deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import Any, Final, Self

from aiohttp import WSMsgType, web

from .picture import leds
from .strip import Json, Strip

PORT: Final = 80
"""A real one's, and the only one that WLED's library knows."""
_KEPT: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One order."""

    at: float
    """Seconds since the controller came up."""
    order: Json


class Controller:
    """Listens for as long as it is entered; can be taken away and put back meanwhile."""

    def __init__(
        self, strip: Strip, *, host: str = "127.0.0.1", port: int = 0, changed: Callable[[], None] = lambda: None
    ) -> None:
        self.strip = strip
        self.host = host
        self.port = port
        """0 is any that is free; then the one it has got."""
        self.told: deque[Told] = deque(maxlen=_KEPT)
        self.asked: Counter[str] = Counter()
        """How often each path was asked for."""
        self.refuses: Callable[[Json], bool] = lambda _order: False
        """Which orders it answers with an error, as one that has no memory left."""
        self._changed = changed
        self._told_of = asyncio.Event()
        self._up = monotonic()
        self._runner: web.AppRunner | None = None
        self._listeners: set[web.WebSocketResponse] = set()

    async def __aenter__(self) -> Self:
        await self.async_return()
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.async_leave()

    @property
    def orders(self) -> list[Json]:
        """Return what it was told, in order, without what a client adds to every order."""
        return [{key: value for key, value in told.order.items() if key != "v"} for told in self.told]

    async def async_return(self) -> None:
        """Begin to listen, on the same port as before."""
        app = web.Application()
        app.add_routes(
            [
                *(web.get(path, self._on_get) for path in _ANSWERS),
                web.post("/json/state", self._on_post),
                web.post("/json", self._on_post),
                web.get("/ws", self._on_websocket),
            ]
        )
        self._runner = web.AppRunner(app, handle_signals=False, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self.host, self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def async_leave(self) -> None:
        """Answer nobody any more."""
        for listener in list(self._listeners):
            await listener.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def async_press(self, order: Json) -> None:
        """Change something at the device itself, as its button, its app or a remote does."""
        self.strip.apply(order)
        await self._tell_all()

    async def async_until(self, condition: Callable[[], bool], *, within: float = 10.0) -> None:
        """Return once something is so; raise TimeoutError where it does not come to that."""
        async with asyncio.timeout(within):
            while not condition():
                self._told_of.clear()
                await self._told_of.wait()

    def si(self) -> Json:
        """Return state and info."""
        return {"state": self.strip.state, "info": self.strip.info(len(self._listeners), monotonic() - self._up)}

    async def _on_get(self, request: web.Request) -> web.Response:
        self.asked[request.path] += 1
        return web.json_response(_ANSWERS[request.path](self, request))

    async def _on_post(self, request: web.Request) -> web.Response:
        self.asked[f"POST {request.path}"] += 1
        order = await request.json()
        if not self._take(order):
            return web.json_response({"error": 3}, status=500)
        await self._tell_all()
        return web.json_response(self.strip.state if order.get("v") else {"success": True})

    def _take(self, order: Json) -> bool:
        self._told_of.set()
        self.told.append(Told(at=monotonic() - self._up, order=order))
        if self.refuses(order):
            return False
        self.strip.apply(order)
        return True

    async def _on_websocket(self, request: web.Request) -> web.WebSocketResponse:
        self.asked["/ws"] += 1
        listener = web.WebSocketResponse()
        await listener.prepare(request)
        self._listeners.add(listener)
        try:
            await listener.send_json(self.si())
            async for message in listener:
                if message.type is WSMsgType.TEXT and message.data != "ping":
                    order = json.loads(message.data)
                    if set(order) - {"v"} and self._take(order):
                        await self._tell_all()
                    elif order.get("v"):
                        await listener.send_json(self.si())
        finally:
            self._listeners.discard(listener)
        return listener

    async def _tell_all(self) -> None:
        self._changed()
        self._told_of.set()
        said = self.si()
        async with asyncio.TaskGroup() as telling:
            for listener in list(self._listeners):
                telling.create_task(_tell(listener, said))


async def _tell(listener: web.WebSocketResponse, said: Json) -> None:
    with suppress(ConnectionError):
        await listener.send_json(said)


def _live(controller: Controller, request: web.Request) -> Json:
    shown = leds(controller.strip, float(request.query.get("after", 0.0)))
    return {"leds": shown, "n": 1}


def _whole(controller: Controller, _request: web.Request) -> Json:
    return {**controller.si(), "effects": controller.strip.effects, "palettes": controller.strip.palettes}


def _presets(controller: Controller, _request: web.Request) -> Json:
    return {"0": {}, **{str(number): preset for number, preset in controller.strip.presets.items()}}


def _cfg(controller: Controller, _request: web.Request) -> Json:
    output = {"start": 0, "len": controller.strip.leds, "pin": [16], "order": 0, "type": 22, "rgbwm": 255}
    led = {"total": controller.strip.leds, "maxpwr": 850, "cct": False, "cr": False, "cb": 0, "ins": [output]}
    return {"rev": [1, 0], "id": {"name": controller.strip.name}, "hw": {"led": led}}


type _Answer = Callable[[Controller, web.Request], Any]
_ANSWERS: Final[dict[str, _Answer]] = {
    "/json": _whole,
    "/json/si": lambda controller, _request: controller.si(),
    "/json/state": lambda controller, _request: controller.strip.state,
    "/json/info": lambda controller, _request: controller.si()["info"],
    "/json/eff": lambda controller, _request: controller.strip.effects,
    "/json/effects": lambda controller, _request: controller.strip.effects,
    "/json/fxdata": lambda controller, _request: [""] * len(controller.strip.effects),
    "/json/pal": lambda controller, _request: controller.strip.palettes,
    "/json/palettes": lambda controller, _request: controller.strip.palettes,
    "/json/cfg": _cfg,
    "/json/live": _live,
    "/presets.json": _presets,
}
