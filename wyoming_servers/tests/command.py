"""The command, as a process of its own."""

import asyncio
import re
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from .conftest import DEADLINE_SECONDS, Client

COMMAND = ("-m", "athena_voice")
ANYWHERE = ("--uri", "tcp://127.0.0.1:0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """What a process left."""

    status: int | None
    out: bytes
    err: str

    @property
    def said(self) -> list[str]:
        """The lines that are more than information."""
        return [line for line in self.err.splitlines() if " INFO " not in line]


class Command:
    """A server that runs; what it logs is read as far as it is waited for."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.port = 0
        self.log: list[str] = []

    async def logged(self, pattern: str) -> re.Match[str]:
        """Wait for a line of the log."""
        assert self.process.stderr is not None
        async with asyncio.timeout(DEADLINE_SECONDS):
            while True:
                line = (await self.process.stderr.readline()).decode()
                assert line, "".join(self.log)
                self.log.append(line)
                if found := re.search(pattern, line):
                    return found

    async def client(self) -> Client:
        """Connect; the caller closes it."""
        return Client(*await asyncio.open_connection("127.0.0.1", self.port))

    async def ended(self) -> Ended:
        """Wait for its end."""
        async with asyncio.timeout(DEADLINE_SECONDS):
            out, err = await self.process.communicate()
        return Ended(status=self.process.returncode, out=out, err="".join(self.log) + err.decode())


async def _start(command: Sequence[str], environment: dict[str, str] | None) -> Command:
    return Command(await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=PIPE, env=environment))


async def ended(*arguments: str, python: Sequence[str] = COMMAND, environment: dict[str, str] | None = None) -> Ended:
    """Run a command that ends by itself."""
    return await (await _start((sys.executable, *python, *arguments), environment)).ended()


@asynccontextmanager
async def running_command(*arguments: str) -> AsyncIterator[Command]:
    """Start a command that is no server; it is gone at the end of the block."""
    started = await _start((sys.executable, *COMMAND, *arguments), None)
    try:
        yield started
    finally:
        if started.process.returncode is None:
            started.process.kill()
        await started.process.communicate()


@asynccontextmanager
async def running(*arguments: str, command: Sequence[str] = (sys.executable, *COMMAND)) -> AsyncIterator[Command]:
    """Start a server and wait until it listens; it is gone at the end of the block."""
    started = await _start((*command, *arguments), None)
    try:
        started.port = int((await started.logged(r"listening on (?:tcp|http)://127\.0\.0\.1:(\d+)"))[1])
        yield started
    finally:
        if started.process.returncode is None:
            started.process.kill()
        await started.process.communicate()
