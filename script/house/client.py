"""Home Assistant as a client sees it: REST and WebSocket, as one user."""

import contextlib
import itertools
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final, Self

import aiohttp

from .errors import RefusedError, UnreachableError

_TIMEOUT: Final = aiohttp.ClientTimeout(total=180)  # an announcement is answered once it has been said


class Client:
    """Asks Home Assistant for things, with a token or, before there is one, without."""

    def __init__(self, session: aiohttp.ClientSession, url: str, token: str | None = None) -> None:
        self.url = url
        self._session = session
        self._token = token

    @classmethod
    @contextlib.asynccontextmanager
    async def open(cls, url: str, token: str | None = None) -> AsyncIterator[Self]:
        """Return a client, for as long as it is needed."""
        async with aiohttp.ClientSession(timeout=_TIMEOUT) as session:
            yield cls(session, url, token)

    def signed_in(self, token: str) -> Client:
        """Return this client as the user of `token`."""
        return Client(self._session, self.url, token)

    async def get(self, path: str) -> Any:
        """GET JSON; None where there is nothing."""
        return await self._request("GET", path)

    async def post(self, path: str, data: dict[str, Any] | None = None) -> Any:
        """POST JSON."""
        return await self._request("POST", path, json=data or {})

    async def delete(self, path: str) -> Any:
        """DELETE what is there."""
        return await self._request("DELETE", path)

    async def post_form(self, path: str, data: dict[str, str]) -> Any:
        """POST a form, as OAuth wants it."""
        return await self._request("POST", path, data=data)

    @contextlib.asynccontextmanager
    async def websocket(self) -> AsyncIterator[Socket]:
        """Return a signed-in WebSocket connection."""
        with _unreachable():
            connection = await self._session.ws_connect(f"{self.url}/api/websocket", max_msg_size=0)
        async with connection:
            yield await Socket.signed_in(connection, self._token)

    async def _request(self, method: str, path: str, **body: Any) -> Any:
        headers = {} if self._token is None else {"Authorization": f"Bearer {self._token}"}
        with _unreachable():
            async with self._session.request(method, f"{self.url}{path}", headers=headers, **body) as response:
                if response.ok:
                    return await response.json()
                if method == "GET" and response.status == HTTPStatus.NOT_FOUND:
                    return None
                reason = f"{response.status}: {await response.text()}"
        raise RefusedError(f"Home Assistant answered {method} {path} with {reason}")


@contextlib.contextmanager
def _unreachable() -> Iterator[None]:
    try:
        yield
    except (aiohttp.ClientError, TimeoutError) as err:
        raise UnreachableError(f"Home Assistant does not answer: {err or type(err).__name__}") from err


class Event:
    """An event of Home Assistant's bus."""

    def __init__(self, message: dict[str, Any]) -> None:
        self.type: str = message["event_type"]
        self.at = datetime.fromisoformat(message["time_fired"])
        self.data: dict[str, Any] = message["data"]


class Socket:
    """Commands and events, one command at a time."""

    def __init__(self, connection: aiohttp.ClientWebSocketResponse) -> None:
        self._connection = connection
        self._ids = itertools.count(1)
        self._events: list[dict[str, Any]] = []

    @classmethod
    async def signed_in(cls, connection: aiohttp.ClientWebSocketResponse, token: str | None) -> Self:
        """Sign in on a fresh connection."""
        socket = cls(connection)
        await socket._receive()  # auth_required
        await connection.send_json({"type": "auth", "access_token": token})
        answer = await socket._receive()
        if answer["type"] != "auth_ok":
            raise RefusedError(f"Home Assistant does not accept the token: {answer.get('message')}")
        return socket

    async def command(self, type_: str, **fields: Any) -> Any:
        """Send a command and return its result."""
        message_id = next(self._ids)
        with _unreachable():
            await self._connection.send_json({"id": message_id, "type": type_, **fields})
        while True:
            message = await self._receive()
            match message["type"]:
                case "event":
                    self._events.append(message["event"])
                case "pong" if message["id"] == message_id:
                    return None
                case "result" if message["id"] == message_id:
                    if not message["success"]:
                        raise RefusedError(f"Home Assistant refused {type_}: {message['error']['message']}")
                    return message["result"]

    async def _receive(self) -> dict[str, Any]:
        message = await self._connection.receive()
        if message.type is not aiohttp.WSMsgType.TEXT:
            raise UnreachableError("Home Assistant closed the connection")
        received: dict[str, Any] = message.json()
        return received

    async def subscribe(self, event_type: str) -> None:
        """Have the events of one type sent from now on."""
        await self.command("subscribe_events", event_type=event_type)

    async def events(self) -> list[Event]:
        """Return the subscribed events that were sent until now, in order; each once."""
        return [Event(event) for event in await self.notes()]

    async def notes(self) -> list[dict[str, Any]]:
        """Return what subscriptions of any kind sent until now, in order; each once."""
        await self.command("ping")
        notes, self._events = self._events, []
        return notes
