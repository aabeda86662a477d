"""Processes of the house: each in a group of its own, each with a log, all of them gone at the end."""

import asyncio
import contextlib
import os
import signal
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from .errors import GoneError, MissingError, TooLateError

_POLL_SECONDS: Final = 0.05
_STOP_SECONDS: Final = 20.0
UNBUFFERED: Final = {"PYTHONUNBUFFERED": "1"}
"""Environment of a Python program whose log is read as it grows."""

_OWN: Final = frozenset({"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"})


class Process:
    """One program, which can be started, stopped, killed and started again."""

    def __init__(
        self, name: str, command: Sequence[str | Path], *, log: Path, environment: Mapping[str, str] | None = None
    ) -> None:
        self.name = name
        self.log = log
        self.command = [str(part) for part in command]
        self._environment = {**_surroundings(), **(environment or {})}
        self._process: asyncio.subprocess.Process | None = None
        self._group: int | None = None
        self._log_start = 0

    @property
    def pid(self) -> int | None:
        """Its process id, None before its start and after its end."""
        return None if self._process is None else self._process.pid

    @property
    def running(self) -> bool:
        """True from its start until its end has been noticed."""
        return self._process is not None and self._process.returncode is None

    async def start(self) -> None:
        """Start it, in a process group of its own so that a Ctrl-C of the terminal does not reach it."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self._log_start = log.tell()
            try:
                self._process = await asyncio.create_subprocess_exec(
                    *self.command,
                    stdin=asyncio.subprocess.DEVNULL,
                    stdout=log,
                    stderr=asyncio.subprocess.STDOUT,
                    env=self._environment,
                    start_new_session=True,
                )
            except FileNotFoundError as err:
                raise MissingError(f"{self.command[0]} is not there: run script/bootstrap") from err

    async def stop(self, within: float = _STOP_SECONDS) -> int | None:
        """Ask it to end, after `within` seconds make it end; return its exit status, None if it had ended already."""
        return await self._end(signal.SIGTERM, within)

    async def kill(self) -> None:
        """End it at once, without a chance to tidy up."""
        await self._end(signal.SIGKILL, _STOP_SECONDS)

    def check(self) -> None:
        """Raise GoneError when it has ended by itself."""
        if self._process is not None and self._process.returncode is not None:
            raise GoneError(f"{self.name} ended by itself ({_status(self._process.returncode)}){self.last_words()}")

    def has_said(self, text: str) -> bool:
        """Return whether its log contains a text since its latest start."""
        with self.log.open("rb") as log:
            log.seek(self._log_start)
            return text.encode() in log.read()

    def last_words(self) -> str:
        """Return where its log is, and the log's last line."""
        lines = self.log.read_text(errors="replace").split("\n") if self.log.exists() else []
        last = next((line.strip() for line in reversed(lines) if line.strip()), None)
        return f"; see {self.log}" + (f", which ends: {last}" if last else "")

    def left_over(self) -> bool:
        """Return whether anything of the process group that was ended last is still there."""
        return self._group is not None and _group_exists(self._group)

    async def _end(self, sign: signal.Signals, within: float) -> int | None:
        process, self._process = self._process, None
        if process is None:
            return None
        self._group = process.pid
        try:
            if process.returncode is not None:
                return None
            process.send_signal(sign)
            with contextlib.suppress(TimeoutError):
                return await asyncio.wait_for(process.wait(), within)
        finally:
            # Its own children too, and itself when it would not end or this was interrupted.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
        return await process.wait()


def _surroundings() -> dict[str, str]:
    """Return this process's environment without what is meant for its own Python alone."""
    return {name: value for name, value in os.environ.items() if name not in _OWN}


def _group_exists(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # macOS says so of a group of zombies
        return False
    return True


def _status(returncode: int) -> str:
    return f"signal {-returncode}" if returncode < 0 else f"exit status {returncode}"


async def until[T](
    what: str, condition: Callable[[], Awaitable[T | None]], *, within: float, processes: Sequence[Process] = ()
) -> T:
    """Wait for `condition` to return something, and return it.

    Raises TooLateError after `within` seconds, and GoneError as soon as one of `processes` has ended.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + within
    while True:
        for process in processes:
            process.check()
        if (result := await condition()) is not None:
            return result
        if loop.time() > deadline:
            words = processes[0].last_words() if processes else ""
            raise TooLateError(f"{what}: not within {within:.0f} s{words}")
        await asyncio.sleep(_POLL_SECONDS)
