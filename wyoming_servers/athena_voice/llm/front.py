"""The address that clients know: it is there while the model is not, and passes on what the model's process says."""

import asyncio
import contextlib
import io
import json
import logging
import time
from typing import Final

import aiohttp
from aiohttp import web

from ..errors import BusyError, GoneError
from ..web_server import MOST_BYTES
from .metrics import LlmMetrics
from .process import ModelProcess, State
from .turnstile import Turnstile
from .worker.dialect import error

_LOGGER = logging.getLogger(__name__)

_BODY_SECONDS: Final = 30.0
_WRITE_SECONDS: Final = 30.0
"""A client that reads nothing for so long is dropped: it holds the model."""
_TAIL: Final = 16 * 1024
"""Bytes of the end of an answer in which the timings are."""

ANSWERS: Final = frozenset(
    ("/v1/chat/completions", "/chat/completions", "/v1/completions", "/completions", "/completion")
)
"""What makes the model compute; of the rest there may be any number at once."""
OTHERS: Final = frozenset(
    (
        *("GET /v1/models", "GET /models", "GET /props", "GET /slots"),
        *("POST /tokenize", "POST /detokenize", "POST /apply-template"),
    )
)
_RETRY: Final = {"Retry-After": "1"}
_JSON: Final = {"Content-Type": "application/json"}
_NO_TIMEOUT: Final = aiohttp.ClientTimeout(total=None)
_ON_ITS_WAY: Final = web.HTTPServiceUnavailable.status_code


class Front:
    """Passes requests on."""

    def __init__(self, process: ModelProcess, turnstile: Turnstile, metrics: LlmMetrics) -> None:
        self._process = process
        self._turnstile = turnstile
        self._metrics = metrics

    async def handle(self, asked: web.BaseRequest) -> web.StreamResponse:
        """Answer a request."""
        if "Origin" in asked.headers:
            return _error(403, "permission_error", "a web page may not use the model")
        if asked.path in {"/health", "/v1/health"}:
            return self._health()
        computes = asked.method == "POST" and asked.path in ANSWERS
        if not computes and f"{asked.method} {asked.path}" not in OTHERS:
            return _error(404, "not_found_error", "File Not Found")
        try:
            async with asyncio.timeout(_BODY_SECONDS):
                body = await asked.read()
        except web.HTTPRequestEntityTooLarge:
            return _error(413, "invalid_request_error", f"the request has more than {MOST_BYTES} bytes")
        except TimeoutError:
            return _error(408, "invalid_request_error", f"the request took longer than {_BODY_SECONDS:.0f} s")
        return await (self._answer(asked, body) if computes else self._tell(asked, body))

    async def _tell(self, asked: web.BaseRequest, body: bytes) -> web.StreamResponse:
        _, response = await self._pass_on(asked, body, None)
        return response

    def _health(self) -> web.Response:
        state = self._process.state
        if state is State.OK:
            return web.json_response({"status": "ok"})
        return self._away(state)

    def _away(self, state: State) -> web.Response:
        message = {
            State.STARTING: "The model's process is starting",
            State.LOADING: "Loading model",  # in llama-server's own words
        }.get(state, "The model's process has died and is started again")
        told = {"status": str(state), **error(message, code=_ON_ITS_WAY, kind="unavailable_error")}
        return web.json_response(told, status=_ON_ITS_WAY, headers=_RETRY)

    async def _answer(self, asked: web.BaseRequest, body: bytes) -> web.StreamResponse:
        outcome = "cancelled"
        try:
            with self._metrics.progress.step("an answer") as step:
                step.waits_for_others()
                async with self._turnstile.turn():
                    step.got_on()
                    outcome, response = await self._pass_on(asked, body, time.monotonic())
        except BusyError as err:
            outcome = "refused"
            self._metrics.error(err.code)
            return _error(_ON_ITS_WAY, "unavailable_error", str(err))
        finally:
            self._metrics.answered(outcome)
        return response

    async def _pass_on(
        self, asked: web.BaseRequest, body: bytes, begun: float | None
    ) -> tuple[str, web.StreamResponse]:
        """Pass a request on, and what comes back; return how it ended, too.

        Whoever leaves before ends the computing: the connection to the model's process is closed.
        """
        socket = self._process.socket
        if socket is None:
            return "refused", self._away(self._process.state)
        response: web.StreamResponse | None = None
        try:
            async with (
                aiohttp.ClientSession(connector=aiohttp.UnixConnector(str(socket)), timeout=_NO_TIMEOUT) as http,
                http.request(
                    asked.method, f"http://model{asked.path_qs}", data=io.BytesIO(body) if body else None, headers=_JSON
                ) as came,
            ):
                kind = came.headers.get("Content-Type", "application/json")
                response = web.StreamResponse(status=came.status, headers={"Content-Type": kind})
                await self._copy(asked, came, response, begun)
                return "ok" if came.ok else "refused", response
        except GoneError:
            assert response is not None
            if asked.transport is not None:
                asked.transport.abort()
            return "cancelled", response
        except (aiohttp.ClientError, OSError) as err:
            _LOGGER.debug("the model's process left in the middle of an answer: %s", err)
            self._metrics.error("model-died")
            if response is None or not response.prepared:
                return "broken", self._away(State.DOWN)
            await _cut_off(asked, response)
            return "broken", response

    async def _copy(
        self, asked: web.BaseRequest, came: aiohttp.ClientResponse, response: web.StreamResponse, begun: float | None
    ) -> None:
        tail = b""
        async for data in came.content.iter_any():
            if begun is not None and not response.prepared:
                self._metrics.first(time.monotonic() - begun)
            self._metrics.progress.got_on()
            tail = (tail + data)[-_TAIL:]
            await _write(asked, response, data)
        if begun is not None and came.ok:
            self._metrics.whole(time.monotonic() - begun, tail)


async def _write(asked: web.BaseRequest, response: web.StreamResponse, data: bytes) -> None:
    try:
        async with asyncio.timeout(_WRITE_SECONDS):
            if not response.prepared:
                await response.prepare(asked)
            await response.write(data)
    except (ConnectionError, TimeoutError) as err:
        raise GoneError from err


async def _cut_off(asked: web.BaseRequest, response: web.StreamResponse) -> None:
    """Tell a client that is being streamed to, and leave it: half an answer must not look like a whole one."""
    if response.content_type == "text/event-stream":
        told = error("The model's process has died", code=_ON_ITS_WAY, kind="unavailable_error")
        with contextlib.suppress(GoneError):
            await _write(asked, response, f"data: {json.dumps(told)}\n\n".encode())
    if asked.transport is not None:
        asked.transport.close()


def _error(status: int, kind: str, message: str) -> web.Response:
    headers = _RETRY if status == _ON_ITS_WAY else None
    return web.json_response(error(message, code=status, kind=kind), status=status, headers=headers)
