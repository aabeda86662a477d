"""systemd, played by a test: it holds what a service asks it to, and starts the service again with it."""

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

_GIVING = """
import os, sys
for number, held in enumerate(sys.argv[1].split(",")):
    os.dup2(int(held), 3 + number)
os.environ["LISTEN_PID"] = str(os.getpid())
os.execv(sys.argv[2], sys.argv[2:])
"""


class Service:
    """One service, killed and started again."""

    def __init__(self, command: Sequence[str], path: Path, listener: socket.socket) -> None:
        self._command = command
        self._path = path
        self._listener = listener
        self._held: list[int] = []
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it, and give it what is held; that stays held."""
        given = [sys.executable, "-c", _GIVING, ",".join(map(str, self._held))] if self._held else []
        names = {"LISTEN_FDS": str(len(self._held)), "LISTEN_FDNAMES": ":".join(["home-assistant"] * len(self._held))}
        self._process = await asyncio.create_subprocess_exec(
            *given,
            *self._command,
            env=os.environ | {"NOTIFY_SOCKET": str(self._path)} | (names if self._held else {}),
            pass_fds=self._held,
            stderr=asyncio.subprocess.DEVNULL,
        )

    async def kill(self) -> None:
        """End it at once."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()

    def hold(self) -> None:
        """Do what the service asks for."""
        message, fds, _, _ = socket.recv_fds(self._listener, 4096, 8)
        if message.startswith(b"FDSTOREREMOVE=1"):
            self.drop()
        self._held += fds

    def drop(self) -> None:
        """Hold nothing any longer."""
        while self._held:
            os.close(self._held.pop())


@asynccontextmanager
async def service(command: Sequence[str], folder: Path) -> AsyncIterator[Service]:
    """Run a service for the length of the block."""
    path = folder / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.setblocking(False)
        listener.bind(str(path))
        one = Service(command, path, listener)
        loop = asyncio.get_running_loop()
        loop.add_reader(listener, one.hold)
        try:
            await one.start()
            yield one
        finally:
            loop.remove_reader(listener)
            await one.kill()
            one.drop()
