"""The home's words from Home Assistant: fetched over its WebSocket API, and again whenever they change."""

import asyncio
import logging
import socket
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from typing import Any, Final

import aiohttp

from ..errors import (
    AuthenticationError,
    HomeAssistantError,
    NotSetUpError,
    SettingsError,
    UnreachableError,
    VoiceError,
)
from .vocabulary import Vocabulary, parse

_LOGGER = logging.getLogger(__name__)

RETRY_SECONDS: Final = 1.0
REFUSED_SECONDS: Final = 30.0
"""Between two tries where a person has to mend something first; Home Assistant tells its owner of each."""
SETTLE_SECONDS: Final = 0.5
"""Changes come in bursts; what comes within this time is one change."""

_HEARTBEAT_SECONDS: Final = 20.0
_TIMEOUT: Final = aiohttp.ClientTimeout(total=10)
_EVENTS: Final = (
    "area_registry_updated",
    "floor_registry_updated",
    "entity_registry_updated",
    "device_registry_updated",
    "component_loaded",
)
"""What tells that the home may have other words now; any signed-in user may hear of these."""
_REASONS: Final = (
    (socket.gaierror, "nothing is known by that name"),
    (TimeoutError, "it does not answer"),
    (ConnectionRefusedError, "nothing listens there"),
    ((ConnectionError, aiohttp.ServerDisconnectedError, aiohttp.ClientOSError), "it has closed the connection"),
    (aiohttp.ClientResponseError, "what answers there is not Home Assistant"),
    (aiohttp.InvalidURL, "it is not of the form http://HOST:PORT"),
)


def read_token(path: Path) -> str:
    """Return the token in a file; raise SettingsError where there is none."""
    try:
        token = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as err:
        reason = getattr(err, "strerror", None) or "it is not text"
        raise SettingsError(
            f"the token file {path} cannot be read ({reason}); it holds a long-lived access token of Home Assistant, "
            "which you make in your profile there, under Security"
        ) from err
    if not token:
        raise SettingsError(f"the token file {path} is empty")
    return token


class HomeAssistant:
    """One Home Assistant, as long as it takes."""

    def __init__(self, url: str, token_file: Path) -> None:
        """Take its address, like http://homeassistant.local:8123, and a file with a token of any user.

        Raises SettingsError where there is no such file. It is read again for every connection.
        """
        read_token(token_file)
        self._url = f"{url.rstrip('/')}/api/websocket"
        self._token_file = token_file
        self._away: type[VoiceError] | None = None
        self.trouble: str | None = None

    async def vocabularies(self) -> AsyncGenerator[Vocabulary]:
        """Yield the home's vocabulary, now and after every change, for ever; what goes wrong is logged once."""
        while True:
            try:
                async with self._connected() as socket, aclosing(_changes(socket)) as changes:
                    async for vocabulary in changes:
                        self._log_return()
                        yield vocabulary
            except (HomeAssistantError, SettingsError) as err:
                self._log_loss(err)
                mends_itself = isinstance(err, UnreachableError | NotSetUpError)
                await asyncio.sleep(RETRY_SECONDS if mends_itself else REFUSED_SECONDS)

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator["_Socket"]:
        token = await asyncio.to_thread(read_token, self._token_file)
        try:
            async with (
                aiohttp.ClientSession(timeout=_TIMEOUT) as session,
                session.ws_connect(self._url, heartbeat=_HEARTBEAT_SECONDS, max_msg_size=0) as websocket,
            ):
                socket = _Socket(websocket)
                await socket.authenticate(token)
                yield socket
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as err:  # ValueError: an address that is none
            raise UnreachableError(f"{self._url} cannot be reached: {_why(err)}") from err

    def _log_loss(self, err: VoiceError) -> None:
        self.trouble = f"Home Assistant does not give the home's words: {err}"
        if type(err) is not self._away:
            self._away = type(err)
            level = logging.WARNING if isinstance(err, UnreachableError | NotSetUpError) else logging.ERROR
            _LOGGER.log(level, "%s; trying again", self.trouble)

    def _log_return(self) -> None:
        self.trouble = None
        if self._away is not None:
            self._away = None
            _LOGGER.info("Home Assistant gives the home's words again")


def _why(err: Exception) -> str:
    """Return in words why a connection failed."""
    cause = getattr(err, "certificate_error", None) or getattr(err, "os_error", err)
    known = next((words for kinds, words in _REASONS if isinstance(cause, kinds)), None)
    return known or getattr(cause, "strerror", None) or str(cause)


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
            reason = answer.get("message", "it gives no reason")
            raise AuthenticationError(f"it refuses the token: {reason}; make a new one in your profile there")

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
        try:
            answer = message.json()
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise UnreachableError("what answers there is not Home Assistant")
        return answer


async def _changes(socket: _Socket) -> AsyncGenerator[Vocabulary]:
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
        raise NotSetUpError(f"{error.get('message', 'it gives no reason')} (is Athena set up there?)")
    return answer.get("result")
