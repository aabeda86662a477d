"""The way to the server: an OpenAI-compatible one, read as it streams, and given up in time."""

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout

from .server import KeyRefusedError, NoSuchModelError, OfflineError, Served, Server, ServerError, SlowError

CONNECT_WITHIN: Final = 2.0
FIRST_WITHIN: Final = 7.0
"""Seconds until the first word: a cold prompt is read in the meantime."""
IDLE_FOR: Final = 3.0
"""Seconds between two words."""
PROBE_WITHIN: Final = 5.0

LONGEST_LINE: Final = 256 * 1024
MOST_BYTES: Final = 2 * 1024 * 1024
"""Of one answer, as it comes over the wire."""

UNKNOWN_MODEL: Final = (HTTPStatus.NOT_FOUND, HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of the answer."""

    text: str = ""
    calls: tuple[Mapping[str, Any], ...] = ()
    """Pieces of tool calls, as they come."""
    timings: Mapping[str, Any] = field(default_factory=dict)
    """Of llama.cpp: how many tokens were read, and how many it still knew."""
    usage: Mapping[str, Any] = field(default_factory=dict)


class Client:
    """Speaks to one server."""

    def __init__(self, session: ClientSession, server: Server) -> None:
        self._session = session
        self._server = server
        self._headers = {"Authorization": f"Bearer {server.api_key}"} if server.api_key else {}

    async def async_probe(self) -> Served:
        """Ask what it has; raise ServerError."""
        url, timeout = f"{self._server.url}/models", ClientTimeout(sock_connect=CONNECT_WITHIN)
        try:
            async with (
                asyncio.timeout(PROBE_WITHIN),
                self._session.get(url, headers=self._headers, timeout=timeout) as response,
            ):
                await _raise_for(response, names_model=False)
                told = await response.json(content_type=None)
        except (ClientError, OSError, TimeoutError, ValueError) as err:
            raise _told(err) from err
        listed = told.get("data") if isinstance(told, dict) else None
        if not isinstance(listed, list) or not all(isinstance(one, dict) and "id" in one for one in listed):
            raise ServerError("it lists no models: it is no OpenAI-compatible server")
        return Served(
            models=tuple(str(one["id"]) for one in listed),
            is_llama_cpp=any("llama" in str(one.get("owned_by", "")).casefold() for one in listed),
        )

    async def async_try(self, body: Mapping[str, Any], within: float) -> None:
        """Ask for an answer, and hang up at its first word; raise ServerError."""
        async with aclosing(self.async_complete(body, within, patience=within)) as pieces:
            async for _ in pieces:
                return

    async def async_complete(
        self, body: Mapping[str, Any], within: float, patience: float | None = None
    ) -> AsyncGenerator[Piece]:
        """Yield the answer as it comes; raise ServerError. Closed, or cancelled, it hangs up: the server stops.

        `within`: seconds for all of it. `patience`: until each next word, where that is not the usual time.
        """
        loop = asyncio.get_running_loop()
        end = loop.time() + within
        request = self._session.post(
            f"{self._server.url}/chat/completions",
            json=dict(body),
            headers=self._headers,
            timeout=ClientTimeout(total=None, sock_connect=CONNECT_WITHIN),
        )
        response: ClientResponse | None = None
        try:
            async with asyncio.timeout_at(min(end, loop.time() + (patience or FIRST_WITHIN))):
                response = await request
                await _raise_for(response)
                first = await response.content.readany()
            async with aclosing(_events(response, first, end, patience or IDLE_FOR)) as events:
                async for event in events:
                    if (piece := _piece(event)) is None:
                        return
                    yield piece
        except (ClientError, OSError, TimeoutError, ValueError) as err:
            raise _told(err) from err
        finally:
            if response is not None:
                response.close()  # not released: whoever generates on the other side sees that nobody listens


async def _events(response: ClientResponse, first: bytes, end: float, idle_for: float) -> AsyncGenerator[bytes]:
    """Yield the data of every event of a stream."""
    loop = asyncio.get_running_loop()
    rest, data, read = b"", first, 0
    while data:
        read += len(data)
        rest += data
        if read > MOST_BYTES or len(rest) > LONGEST_LINE:
            raise ServerError("the answer does not end")
        *lines, rest = rest.split(b"\n")
        for line in lines:
            if line.startswith(b"data:"):
                yield line[5:].strip()
        async with asyncio.timeout_at(min(end, loop.time() + idle_for)):
            data = await response.content.readany()
    if rest.startswith(b"data:"):
        yield rest[5:].strip()
    elif rest.strip():
        raise ServerError("the answer is no stream of events")
    raise ServerError("the connection was lost in the middle of the answer")


def _piece(event: bytes) -> Piece | None:
    """Return what an event holds; None where it is the last."""
    if event == b"[DONE]":
        return None
    try:
        told = json.loads(event.decode("utf-8"))
    except UnicodeDecodeError as err:
        raise ServerError("the answer is not UTF-8") from err
    except ValueError as err:
        raise ServerError("the answer is not JSON") from err
    if not isinstance(told, dict):
        raise ServerError("the answer is none of a chat")
    if "error" in told:
        raise ServerError("it failed in the middle of the answer")
    choices = told.get("choices")
    delta = choices[0].get("delta") if isinstance(choices, list) and choices and isinstance(choices[0], dict) else None
    delta = delta if isinstance(delta, dict) else {}
    text, calls = delta.get("content"), delta.get("tool_calls")
    return Piece(
        text=text if isinstance(text, str) else "",
        calls=tuple(call for call in calls if isinstance(call, dict)) if isinstance(calls, list) else (),
        timings=_mapping(told.get("timings")),
        usage=_mapping(told.get("usage")),
    )


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


async def _raise_for(response: ClientResponse, *, names_model: bool = True) -> None:
    """Raise what an HTTP status says; `names_model`: whether it may be the model's name that is wrong."""
    if response.status < HTTPStatus.BAD_REQUEST:
        return
    says = f"HTTP {response.status}"  # without what it says: that may be what somebody said to Athena
    if response.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        raise KeyRefusedError(f"{says}: the key is refused")
    if response.status in (HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT):
        raise OfflineError(f"{says}: it is not ready")
    if names_model and response.status in UNKNOWN_MODEL and b"model" in (await response.content.read(4096)).lower():
        raise NoSuchModelError(f"{says}: it has no model of that name")
    raise ServerError(says)


def _told(err: Exception) -> ServerError:
    """Return the fault as one of ours."""
    match err:
        case TimeoutError():  # aiohttp's are both; so late a connection is as good as none
            late = "it does not answer in time"
            return OfflineError(late) if isinstance(err, ClientError) else SlowError(late)
        case json.JSONDecodeError() | UnicodeDecodeError():
            return ServerError("the answer is not JSON")
        case ClientError() if type(err).__name__ == "ClientPayloadError":
            return ServerError("the connection was lost in the middle of the answer")
        case ClientError() | OSError():
            return OfflineError(f"{type(err).__name__}: {err}")
    return ServerError(str(err))
