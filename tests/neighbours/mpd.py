"""A music player daemon: the protocol of MPD 0.24 on loopback, which fetches what it plays and keeps what it hears.

It plays WAV of 16 bits, as far as its buffer reaches: then it is slow, as one that plays is. Runnable:
`python -m tests.neighbours.mpd --port N`.
"""

import argparse
import asyncio
import shlex
import signal
import struct
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, Self

import aiohttp

PORT: Final = 6600
GREETING: Final = b"OK MPD 0.24.0\n"

_ACK_ARG, _ACK_UNKNOWN, _ACK_NO_EXIST = 2, 5, 50
_PIECE: Final = 65_536
_MOST: Final = 64 * 1024 * 1024


class RefusedError(Exception):
    """What a client asks cannot be done."""

    def __init__(self, number: int, why: str) -> None:
        super().__init__(why)
        self.number = number


@dataclass(slots=True, eq=False)
class Heard:
    """One thing that was played."""

    url: str
    rate: int = 0
    channels: int = 0
    pcm: bytearray = field(default_factory=bytearray, repr=False)
    error: str | None = None
    began: asyncio.Event = field(default_factory=asyncio.Event)
    full: asyncio.Event = field(default_factory=asyncio.Event)
    """As much has been heard as the player's buffer takes."""
    over: asyncio.Event = field(default_factory=asyncio.Event)
    """Nothing of it comes any more."""
    ended_by_itself: bool = False


class Player:
    """Listens for as long as it is entered; can be taken away and put back meanwhile."""

    def __init__(self, *, host: str = "127.0.0.1", port: int = 0, buffer: int = _PIECE) -> None:
        self.host = host
        self.port = port
        """0 is any that is free; then the one it has got."""
        self.buffer = buffer
        """Bytes of sound that it takes, where nobody plays them out."""
        self.knows_wav = True
        self.knows_http = True
        self.fetches = True
        """Whether it reaches what it is told to play."""
        self.heard: list[Heard] = []
        self.orders: list[str] = []
        """What it was told, but for questions."""
        self.state = "stop"
        self.volume = 50
        self._queue: list[str] = []
        self._options = {"repeat": "0", "single": "0", "random": "0", "consume": "0"}
        self._error: str | None = None
        self._server: asyncio.Server | None = None
        self._clients: set[asyncio.StreamWriter] = set()
        self._playing: asyncio.Task[None] | None = None
        self._goes_on = asyncio.Event()

    async def __aenter__(self) -> Self:
        await self.async_return()
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.async_leave()

    async def async_return(self) -> None:
        """Begin to listen, on the same port as before."""
        self._server = await asyncio.start_server(self._serve, self.host, self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def async_leave(self) -> None:
        """Be switched off."""
        await self._stop()
        if self._server is not None:
            self._server.close()
            for client in tuple(self._clients):
                client.close()
            await self._server.wait_closed()

    # ---- the protocol: https://mpd.readthedocs.io/en/latest/protocol.html

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._clients.add(writer)
        try:
            writer.write(GREETING)
            while line := (await reader.readline()).decode().strip():
                if line == "close":
                    return
                writer.write(await self._answer(line))
                await writer.drain()
        except ConnectionError:
            return
        finally:
            self._clients.discard(writer)
            writer.close()

    async def _answer(self, line: str) -> bytes:
        command, *arguments = shlex.split(line)
        if command not in ASKED:
            self.orders.append(line)
        try:
            lines = _ANSWERS.get(command, Player._unknown)(self, arguments)
            if command in _STOPS:
                await self._stop()
            if command in _PLAYS:
                self._play()
        except RefusedError as err:
            return f"ACK [{err.number}@0] {{{command}}} {err}\n".encode()
        return "".join(f"{told}\n" for told in [*lines, "OK"]).encode()

    def _status(self, _: list[str]) -> list[str]:
        told = [f"volume: {self.volume}", f"state: {self.state}", f"playlistlength: {len(self._queue)}"]
        told += [f"{name}: {value}" for name, value in self._options.items()]
        if self.state != "stop" and self.heard:
            heard = self.heard[-1]
            seconds = len(heard.pcm) / (heard.rate * heard.channels * 2) if heard.rate else 0.0
            told += ["song: 0", f"elapsed: {seconds:.3f}", f"audio: {heard.rate}:16:{heard.channels}"]
        return told + ([f"error: {self._error}"] if self._error else [])

    def _current(self, _: list[str]) -> list[str]:
        return [f"file: {self._queue[0]}", "Pos: 0", "Id: 1"] if self._queue else []

    def _add(self, arguments: list[str]) -> list[str]:
        if not self.knows_http or not arguments or not arguments[0].startswith("http://"):
            raise RefusedError(_ACK_NO_EXIST, "No such directory")
        self._queue.append(arguments[0])
        return []

    def _clear(self, _: list[str]) -> list[str]:
        self._queue.clear()
        return []

    def _pause(self, arguments: list[str]) -> list[str]:
        if self.state != "stop":
            pauses = arguments[0] == "1" if arguments else self.state == "play"
            self.state = "pause" if pauses else "play"
        (self._goes_on.set if self.state == "play" else self._goes_on.clear)()
        return []

    def _set_volume(self, arguments: list[str]) -> list[str]:
        if not arguments or not arguments[0].isdigit() or int(arguments[0]) > 100:
            raise RefusedError(_ACK_ARG, "Integer expected")
        self.volume = int(arguments[0])
        return []

    def _set_option(self, name: str, arguments: list[str]) -> list[str]:
        self._options[name] = arguments[0]
        return []

    def _commands(self, _: list[str]) -> list[str]:
        return [f"command: {name}" for name in _ANSWERS]

    def _unknown(self, _: list[str]) -> list[str]:
        raise RefusedError(_ACK_UNKNOWN, "unknown command")

    def _nothing(self, _: list[str]) -> list[str]:
        return []

    # ---- the sound

    def _play(self) -> None:
        if self._queue and self.state == "stop":
            self.state, self._error = "play", None
            heard = Heard(self._queue[0])
            self.heard.append(heard)
            self._playing = asyncio.create_task(self._hear(heard))
        elif self.state == "pause":
            self.state = "play"
        self._goes_on.set()

    async def _stop(self) -> None:
        if (playing := self._playing) is not None:
            self._playing = None
            playing.cancel()
            await asyncio.wait((playing,))
        self.state = "stop"

    async def _hear(self, heard: Heard) -> None:
        try:
            if self.fetches:
                await self._fetch(heard)
                heard.ended_by_itself = True
            else:
                self._error = heard.error = "Failed to connect: Connection refused"
        except (aiohttp.ClientError, ValueError, struct.error) as err:
            self._error = heard.error = str(err) or type(err).__name__
        finally:
            heard.over.set()
            if self._playing is asyncio.current_task():
                self.state = "stop"

    async def _fetch(self, heard: Heard) -> None:
        headers = {"User-Agent": "Music Player Daemon 0.24", "Icy-Metadata": "1"}
        async with aiohttp.ClientSession() as session, session.get(heard.url, headers=headers) as answer:
            answer.raise_for_status()
            if not self.knows_wav or answer.content_type != "audio/wav":
                raise ValueError(f"No decoder plugin for {answer.content_type}")
            at = await self._read_header(heard, answer.content)
            if "Accept-Ranges" not in answer.headers:
                await self._hear_out(heard, answer.content)
                return
        # As MPD does, which takes that header for a leave to seek, whatever it says.
        headers["Range"] = f"bytes={at}-"
        async with aiohttp.ClientSession() as session, session.get(heard.url, headers=headers) as answer:
            await self._hear_out(heard, answer.content)

    async def _read_header(self, heard: Heard, sound: aiohttp.StreamReader) -> int:
        """Read a WAV up to its data, whose length does not matter; return how many bytes that is."""
        riff, _, kind = struct.unpack("<4sI4s", await sound.readexactly(12))
        read = 12
        if (riff, kind) != (b"RIFF", b"WAVE"):
            raise ValueError("Failed to decode: no WAV")
        while True:
            name, length = struct.unpack("<4sI", await sound.readexactly(8))
            read += 8
            if name == b"data":
                return read
            chunk = await sound.readexactly(length)
            read += length
            if name == b"fmt ":
                code, heard.channels, heard.rate, _, _, bits = struct.unpack("<HHIIHH", chunk[:16])
                if (code, bits) != (1, 16):
                    raise ValueError("Failed to decode: no PCM of 16 bits")

    async def _hear_out(self, heard: Heard, sound: aiohttp.StreamReader) -> None:
        heard.began.set()
        async for piece in sound.iter_chunked(_PIECE):
            await self._goes_on.wait()
            heard.pcm += piece
            if len(heard.pcm) >= min(self.buffer, _MOST):
                heard.full.set()
                await asyncio.Event().wait()  # until it is stopped


type _Answer = Callable[[Player, list[str]], list[str]]


def _option(name: str) -> _Answer:
    return lambda player, arguments: player._set_option(name, arguments)


_ANSWERS: Final[dict[str, _Answer]] = {
    "add": Player._add,
    "clear": Player._clear,
    "commands": Player._commands,
    "consume": _option("consume"),
    "currentsong": Player._current,
    "listplaylists": Player._nothing,
    "next": Player._nothing,
    "password": Player._nothing,
    "pause": Player._pause,
    "ping": Player._nothing,
    "play": Player._nothing,
    "previous": Player._nothing,
    "random": _option("random"),
    "repeat": _option("repeat"),
    "setvol": Player._set_volume,
    "single": _option("single"),
    "status": Player._status,
    "stop": Player._nothing,
}
_STOPS: Final = {"clear", "stop"}
_PLAYS: Final = {"play"}

ASKED: Final = {"commands", "currentsong", "listplaylists", "password", "ping", "status"}
"""What changes nothing."""


async def _run(host: str, port: int) -> None:
    over = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, over.set)
    async with Player(host=host, port=port, buffer=_MOST) as player:
        print(f"A music player listens on {player.host}:{player.port}", flush=True)  # noqa: T201
        await over.wait()


def _main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.neighbours.mpd", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="the address of loopback it listens on")
    parser.add_argument("--port", type=int, default=PORT, help="0: any")
    arguments = parser.parse_args()
    with suppress(KeyboardInterrupt):
        asyncio.run(_run(arguments.host, arguments.port))


if __name__ == "__main__":
    _main()
