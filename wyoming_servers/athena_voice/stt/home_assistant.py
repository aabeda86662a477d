"""The home's words from Home Assistant: fetched over its WebSocket API, and again whenever they change."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import aiohttp

from ..errors import (
    AuthenticationError,
    HomeAssistantError,
    NotSetUpError,
    SettingsError,
    UnreachableError,
    VocabularyError,
)
from .vocabulary import Vocabulary, parse

_LOGGER = logging.getLogger(__name__)

RETRY_SECONDS: Final = 1.0
SETTLE_SECONDS: Final = 0.5
"""Changes come in bursts; what comes within this time is one change."""

_HEARTBEAT_SECONDS: Final = 20.0
_EVENTS: Final = (
    "area_registry_updated",
    "entity_registry_updated",
    "device_registry_updated",
    "component_loaded",
)
"""What tells that the home may have other words now; any signed-in user may hear of these."""


def read_token(path: Path) -> str:
    """Return the token in a file; raise SettingsError where there is none."""
    try:
        token = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as err:
        raise SettingsError(f"the token file {path} cannot be read: {err}") from err
    if not token:
        raise SettingsError(f"the token file {path} is empty")
    return token


class HomeAssistant:
    """One Home Assistant, as long as it takes."""

    def __init__(self, url: str, token: str) -> None:
        """Take its address, like http://homeassistant.local:8123, and a long-lived access token of any user."""
        self._url = f"{url.rstrip('/')}/api/websocket"
        self._token = token
        self._complaint: str | None = None

    async def vocabularies(self) -> AsyncIterator[Vocabulary]:
        """Yield the home's vocabulary, now and after every change, for ever; what goes wrong is logged once."""
        while True:
            try:
                async with self._connected() as socket:
                    async for vocabulary in _changes(socket):
                        self._back()
                        yield vocabulary
            except HomeAssistantError as err:
                self._away(err)
            await asyncio.sleep(RETRY_SECONDS)

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator["_Socket"]:
        try:
            async with (
                aiohttp.ClientSession() as session,
                session.ws_connect(self._url, heartbeat=_HEARTBEAT_SECONDS, max_msg_size=0) as websocket,
            ):
                socket = _Socket(websocket)
                await socket.authenticate(self._token)
                yield socket
        except (aiohttp.ClientError, OSError, TimeoutError) as err:
            raise UnreachableError(f"{self._url}: {err}") from err

    def _away(self, err: HomeAssistantError) -> None:
        complaint = f"{type(err).__name__} {err}"
        if complaint != self._complaint:
            self._complaint = complaint
            level = logging.WARNING if isinstance(err, UnreachableError | NotSetUpError) else logging.ERROR
            _LOGGER.log(level, "Home Assistant gives no words: %s", err)

    def _back(self) -> None:
        if self._complaint is not None:
            self._complaint = None
            _LOGGER.info("Home Assistant gives words again")


class _Socket:
    """One WebSocket connection."""

    def __init__(self, websocket: aiohttp.ClientWebSocketResponse) -> None:
        self._websocket = websocket
        self._commands = 0

    async def authenticate(self, token: str) -> None:
        """Sign in; raise AuthenticationError where the token is refused."""
        await self.receive()  # auth_required
        await self._websocket.send_json({"type": "auth", "access_token": token})
        answer = await self.receive()
        if answer.get("type") != "auth_ok":
            raise AuthenticationError(f"the token is refused: {answer.get('message', 'no reason given')}")

    async def send(self, command: str, **arguments: Any) -> int:
        """Send a command and return its id."""
        self._commands += 1
        await self._websocket.send_json({"id": self._commands, "type": command, **arguments})
        return self._commands

    async def receive(self) -> dict[str, Any]:
        """Return the next message; raise UnreachableError once there are no more."""
        message = await self._websocket.receive()
        if message.type is not aiohttp.WSMsgType.TEXT:
            raise UnreachableError("it has closed the connection")
        answer = message.json()
        if not isinstance(answer, dict):
            raise VocabularyError("it does not speak as Home Assistant does")
        return answer


async def _changes(socket: _Socket) -> AsyncIterator[Vocabulary]:
    for event in _EVENTS:
        await socket.send("subscribe_events", event_type=event)
    request = await socket.send("athena/vocabulary")
    last: Vocabulary | None = None
    changed = False
    while True:
        try:
            async with asyncio.timeout(SETTLE_SECONDS if changed else None):
                answer = await socket.receive()
        except TimeoutError:
            request, changed = await socket.send("athena/vocabulary"), False
            continue
        if answer.get("type") == "event":
            changed = True
        elif answer.get("id") == request:
            vocabulary = parse(_result(answer))
            if vocabulary != last:
                yield vocabulary
                last = vocabulary


def _result(answer: dict[str, Any]) -> object:
    if not answer.get("success"):
        error = answer.get("error") or {}
        raise NotSetUpError(f"{error.get('message', 'no reason given')} (is Athena installed there?)")
    return answer.get("result")
