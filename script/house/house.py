"""The house as a whole: what belongs together starts together, and ends together."""

import asyncio
import fcntl
import hashlib
import shutil
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import IO, Final

from . import home, voice
from .errors import FolderInUseError, HouseError, LeftOverError, TooLateError
from .home_assistant import HomeAssistant
from .microphone import Microphone
from .ports import is_free
from .processes import Process, until
from .recording import Recording
from .settings import ROOT, Settings
from .turn import Turn
from .voice import Voice

_COMPLETE: Final = "athena-demo.complete"
_LISTENING_SECONDS: Final = 60.0
_GONE_SECONDS: Final = 10.0

type Ready = Callable[[str], None]
"""Is told what has become ready."""


class House:
    """Home Assistant, three servers and a satellite."""

    def __init__(self, settings: Settings) -> None:
        self.logs = settings.folder / "logs"
        self.home_assistant = HomeAssistant(
            settings.release,
            environment=settings.environment,
            folder=settings.folder / f"home-{settings.release.version}",
            port=settings.ports.home_assistant,
            logs=self.logs,
            launcher=settings.launcher,
            variables=settings.variables,
        )
        self.voice = Voice(
            root=ROOT,
            ports=settings.ports,
            home_assistant=self.home_assistant.url,
            token_file=self.home_assistant.service_token_file,
            folder=settings.folder,
            logs=self.logs,
        )
        self.ports = settings.ports
        self.microphone = Microphone(self.voice.living_room, self.processes)
        self._settings = settings
        self._furnished = False
        self._held: IO[str] | None = None

    @property
    def processes(self) -> tuple[Process, ...]:
        """The five, in the order in which they end."""
        return tuple(self._by_port.values())

    @property
    def _by_port(self) -> dict[int, Process]:
        ports, voice = self.ports, self.voice
        return {
            ports.satellite: voice.satellite,
            ports.wake: voice.wake,
            ports.stt: voice.stt,
            ports.tts: voice.tts,
            ports.home_assistant: self.home_assistant.process,
        }

    def claim(self) -> None:
        """Make sure of ports and folder; raise PortInUseError or FolderInUseError where they are in use."""
        self.ports.check()
        self._lock()

    async def start(self, ready: Ready) -> None:
        """Start everything and return when the satellite listens."""
        began_at = datetime.now(UTC)
        known = self._prepare()
        first = (self.home_assistant.process, self.voice.wake, self.voice.tts, self.voice.satellite)
        for process in (*first, self.voice.stt) if known else first:
            await process.start()
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._start_home(known=known, ready=ready))
                for process in (self.voice.wake, self.voice.tts, self.voice.satellite):
                    tasks.create_task(self._until_ready(process, ready))
        except* HouseError as group:
            raise _first(group) from group
        await self.until_whole()
        await self.microphone.until_step("listening", began_at, _LISTENING_SECONDS)
        ready("the satellite listens")
        self._furnished = True

    async def stop(self) -> None:
        """End everything and make sure that it is gone; raise LeftOverError when something is not."""
        ports = [port for port, process in self._by_port.items() if process.running]
        statuses = await asyncio.gather(*(process.stop() for process in self.processes))
        if self._furnished and statuses[-1] == 0:  # only then has Home Assistant written down all of it
            self._complete.write_text(self._fingerprint())
        if self._held is not None:
            self._held.close()
        for process, status in zip(self.processes, statuses, strict=True):
            if status == -signal.SIGKILL:
                raise LeftOverError(f"{process.name} did not end when asked to and was killed{process.last_words()}")
        try:
            await until("the end of all of it", partial(self._is_gone, ports), within=_GONE_SECONDS)
        except TooLateError as err:
            left = [process.name for process in self.processes if process.left_over()]
            raise LeftOverError(f"still there: {left} or what listens on one of {ports}") from err

    async def say(self, recordings: Sequence[Recording]) -> list[Turn]:
        """Speak recordings and return the turns they made."""
        async with self.home_assistant.client() as client:
            return await self.microphone.say(client, recordings)

    async def state(self, entity_id: str) -> str:
        """Return the state of an entity."""
        async with self.home_assistant.client() as client:
            return str((await client.get(f"/api/states/{entity_id}"))["state"])

    async def start_again(self, process: Process) -> None:
        """Start one of the five after it was ended, and return when the house is whole again."""
        began_at = datetime.now(UTC)
        listens_anew = process in (self.home_assistant.process, self.voice.wake, self.voice.satellite)
        await process.start()
        if process is self.home_assistant.process:
            await self.home_assistant.until_up()
        else:
            await self.voice.until_ready(process)
        await self.until_whole()
        if listens_anew:
            await self.microphone.until_step("listening", began_at, _LISTENING_SECONDS)

    async def until_whole(self) -> None:
        """Wait until Home Assistant has set up Athena, the servers and the satellite."""
        async with self.home_assistant.client() as client:
            await until(
                "Home Assistant reaching all of Athena",
                lambda: voice.all_set_up(client),
                within=_LISTENING_SECONDS,
                processes=[self.home_assistant.process],
            )

    def _lock(self) -> None:
        """Keep the folder for this house; the lock goes with the process, however it ends."""
        self._settings.folder.mkdir(parents=True, exist_ok=True)
        held = (self._settings.folder / "house.lock").open("w")
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as err:
            held.close()
            raise FolderInUseError(f"another house uses {self._settings.folder}; choose another by --folder") from err
        self._held = held

    async def _start_home(self, *, known: bool, ready: Ready) -> None:
        await self.home_assistant.until_up()
        ready(self.home_assistant.process.name)
        if known:
            await self._until_ready(self.voice.stt, ready)
            return
        async with self.home_assistant.client() as client:
            await self._settings.furnish(client)
            await home.add_athena(client)
            await self.voice.stt.start()
            await self._until_ready(self.voice.stt, ready)
            await voice.connect(client, self.ports)
        ready("a new home with Athena in it")

    async def _until_ready(self, process: Process, ready: Ready) -> None:
        await self.voice.until_ready(process)
        ready(process.name)

    def _prepare(self) -> bool:
        """Write what has to be there before the start; return whether the home is known from an earlier one."""
        shutil.rmtree(self.logs, ignore_errors=True)
        known = (
            not self._settings.fresh and self._complete.exists() and self._complete.read_text() == self._fingerprint()
        )
        if not known:
            shutil.rmtree(self.home_assistant.folder, ignore_errors=True)
        self._furnished = known
        self.home_assistant.prepare(home.CONFIGURATION, self._settings.components, self._settings.packages)
        self.voice.living_room.prepare()
        return known

    async def _is_gone(self, ports: Sequence[int]) -> bool | None:
        left = any(process.left_over() for process in self.processes)
        return None if left or not all(is_free(port) for port in ports) else True

    @property
    def _complete(self) -> Path:
        return self.home_assistant.folder / _COMPLETE

    def _fingerprint(self) -> str:
        """Return what changes when an earlier home does not fit this code or these ports."""
        own = (home.CONFIGURATION, home.DASHBOARD, Path(home.__file__), Path(voice.__file__))
        files = (*own, *self._settings.packages)
        content = b"".join(file.read_bytes() for file in files) + repr(self.ports).encode()
        return hashlib.sha256(content).hexdigest()


@asynccontextmanager
async def running(settings: Settings, ready: Ready) -> AsyncIterator[House]:
    """Start a house, and end it however the block ends."""
    house = House(settings)
    house.claim()
    try:
        await house.start(ready)
        yield house
    finally:
        await house.stop()


def _first(group: BaseExceptionGroup[HouseError]) -> HouseError:
    first: BaseException = group
    while isinstance(first, BaseExceptionGroup):
        first = first.exceptions[0]
    assert isinstance(first, HouseError)  # `except*` saw to it
    return first
