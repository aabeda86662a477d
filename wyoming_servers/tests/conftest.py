"""Servers on free ports of this machine, clients that wait with a deadline, recordings."""

import asyncio
import wave
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import pytest
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.event import Event, Eventable, async_read_event, async_write_event

from athena_voice.address import Address
from athena_voice.audio import Ear, Samples
from athena_voice.bounds import Bounds
from athena_voice.server import serve
from athena_voice.service import Service

from .stt.peer import TOKEN

AUDIO = Path(__file__).parent / "audio"
SHARED_AUDIO = Path(__file__).parents[3] / "shared" / "audio"
DEADLINE_SECONDS = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A WAV file."""

    rate: int
    width: int
    channels: int
    audio: bytes

    @property
    def samples(self) -> Samples:
        """As the engines hear it."""
        ear = Ear(rate=self.rate, width=self.width, channels=self.channels)
        return np.concatenate((ear.hear(self.audio), ear.finish()))


def recording(path: Path) -> Recording:
    """Read a WAV file; the test is skipped where development data is absent."""
    if not path.exists():
        pytest.skip(f"{path} is not there")
    with wave.open(str(path), "rb") as file:
        return Recording(
            rate=file.getframerate(),
            width=file.getsampwidth(),
            channels=file.getnchannels(),
            audio=file.readframes(file.getnframes()),
        )


class Client:
    """One connection to a server."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    async def send(self, *events: Eventable) -> None:
        for event in events:
            await async_write_event(event.event(), self.writer)

    async def send_raw(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def speak(self, samples: Samples, *, chunk: int = 1024, timestamp: int | None = None) -> None:
        """Stream 16 kHz mono, from audio-start to the last chunk; with timestamps when a first one is given."""
        await self.send(AudioStart(rate=16000, width=2, channels=1, timestamp=timestamp))
        for start in range(0, len(samples), chunk):
            at = None if timestamp is None else timestamp + start // 16
            audio = samples[start : start + chunk].tobytes()
            await self.send(AudioChunk(rate=16000, width=2, channels=1, audio=audio, timestamp=at))

    async def play(self, recorded: Recording, *, chunk: int = 4096) -> None:
        """Send a recording as it is, from audio-start to audio-stop."""
        form = (recorded.rate, recorded.width, recorded.channels)
        await self.send(AudioStart(*form))
        for start in range(0, len(recorded.audio), chunk):
            await self.send(AudioChunk(*form, audio=recorded.audio[start : start + chunk]))
        await self.send(AudioStop())

    async def receive(self) -> Event:
        async with asyncio.timeout(DEADLINE_SECONDS):
            event = await async_read_event(self.reader)
        assert event is not None, "the server closed the connection"
        return event

    async def closed(self) -> None:
        """Wait until the server has closed the connection."""
        async with asyncio.timeout(DEADLINE_SECONDS):
            while await self.reader.read(65536):
                pass

    async def close(self) -> None:
        self.writer.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A server that serves."""

    address: Address
    monitor: Address
    """Where health and metrics are told."""

    @asynccontextmanager
    async def client(self) -> AsyncIterator[Client]:
        """Connect; the connection is closed at the end."""
        client = Client(*await asyncio.open_connection(self.address.host, self.address.port))
        try:
            yield client
        finally:
            await client.close()


class Serving(Protocol):
    """Serves a service, within bounds, for the length of a block; `stop` ends it before."""

    def __call__(
        self, service: Service, *, bounds: Bounds | None = None, stop: asyncio.Event | None = None
    ) -> AbstractAsyncContextManager[Running]: ...


@pytest.fixture(scope="session")
def token_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the token of the Home Assistant that the tests have, as a person writes it."""
    path = tmp_path_factory.mktemp("token") / "token"
    path.write_text(f"{TOKEN}\n")
    return path


@pytest.fixture(scope="session")
def serving() -> Serving:
    """Serve on a free port, until the end of a block."""

    @asynccontextmanager
    async def running(
        service: Service, *, bounds: Bounds | None = None, stop: asyncio.Event | None = None
    ) -> AsyncIterator[Running]:
        stop = stop or asyncio.Event()
        listening: asyncio.Future[Address] = asyncio.get_running_loop().create_future()
        monitoring: asyncio.Future[Address] = asyncio.get_running_loop().create_future()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(
                serve(
                    *(service, Address("127.0.0.1", 0), stop, listening.set_result),
                    bounds=bounds,
                    monitor=Address("127.0.0.1", 0, "http"),
                    on_monitoring=monitoring.set_result,
                )
            )
            try:
                yield Running(address=await listening, monitor=await monitoring)
            finally:
                stop.set()

    return running


async def until(condition: Callable[[], bool]) -> None:
    """Wait for a condition that something else makes true."""
    async with asyncio.timeout(DEADLINE_SECONDS):
        while not condition():  # noqa: ASYNC110 (what makes it true has no event to wait for)
            await asyncio.sleep(0.01)
