"""The demo: a house comes up, something is shown in it, and it ends or stays up."""

import asyncio
import contextlib
import math
import os
import signal
import time
from typing import Final, Protocol

from .house import House, running
from .onboarding import OWNER, PASSWORD
from .out import Out, short
from .processes import until
from .settings import Settings

_STARTED: Final = "ATHENA_DEMO_STARTED"
"""Environment variable: when the command began, in seconds since the epoch."""

INTERRUPTED: Final = 130
"""Exit status."""


def started() -> float:
    """Return when the command began, in seconds since the epoch."""
    return float(os.environ.get(_STARTED) or time.time())


class Show(Protocol):
    """What is shown in a house."""

    async def prepare(self, settings: Settings, stack: contextlib.AsyncExitStack) -> Settings:
        """Start what has to be there before the house, and return which house it shall be."""

    async def run(self, house: House, stack: contextlib.AsyncExitStack) -> bool:
        """Show it, and return whether all of it succeeded; what is begun ends with `stack`."""

    def invitation(self) -> tuple[str, ...]:
        """Return what somebody can do in the house afterwards."""


class Demo:
    """One run of the command."""

    def __init__(self, show: Show, out: Out, *, once: bool) -> None:
        self._show = show
        self._out = out
        self._once = once
        self._started = started()
        self._interrupted = False

    async def until_told(self, settings: Settings) -> int:
        """Run until it ends, or SIGINT, SIGTERM or SIGHUP ends it; return the exit status."""
        task = asyncio.current_task()
        assert task is not None  # a coroutine runs in a task
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, self._interrupt, task)
        return await self._run(settings)

    def _interrupt(self, task: asyncio.Task[int]) -> None:
        """End it; a second time changes nothing, since the house is being left in order."""
        if not self._interrupted:
            self._interrupted = True
            task.cancel()
            self._out.tell("\nEnding …")

    async def _run(self, settings: Settings) -> int:
        succeeded: bool | None = None
        try:
            async with contextlib.AsyncExitStack() as stack:
                settings = await self._show.prepare(settings, stack)
                where = short(settings.folder)
                self._out.tell(f"Home Assistant {settings.release.version} and Athena start in {where}/ …")
                house = await stack.enter_async_context(running(settings, self._ready))
                succeeded = await self._show.run(house, stack)
                if not self._once:
                    self._invite(house)
                    await until("a Ctrl-C", _never, within=math.inf, processes=house.processes)
        except asyncio.CancelledError:
            if not self._interrupted:
                raise
        self._out.tell("All of it has ended: no process runs, no port is in use.")
        if succeeded is None or (self._once and self._interrupted):
            return INTERRUPTED
        return 0 if succeeded or not self._once else 1

    def _ready(self, what: str) -> None:
        self._out.tell(f"  {what} … {time.time() - self._started:.1f} s")

    def _invite(self, house: House) -> None:
        url = house.home_assistant.url
        self._out.tell(f"\nThe dashboard is at {url}; log in as {OWNER} with the password {PASSWORD}")
        for line in self._show.invitation():
            self._out.tell(line)
        self._out.tell(f"Logs are in {short(house.logs)}/. Ctrl-C ends all of it.")


async def _never() -> None:
    return None
