"""A satellite in a house of its own: real TCP on free ports, a folder as microphone, a folder as speaker."""

import asyncio
import json
import wave
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, settings

from athena_satellite import satellite
from athena_satellite.address import Address
from athena_satellite.home_assistant import Patience
from athena_satellite.settings import Settings
from tests.peers import HomePeer, TtsServer, WakeServer
from tests.portaudio import devices, fake

__all__ = ["devices", "fake"]  # fixtures

PATIENCE_SECONDS: Final = 90.0
"""How long a test waits for what must come: long, since it costs nothing where it comes, and a machine may be busy."""

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


async def until(condition: Callable[[], object], what: str = "the condition") -> None:
    """Wait for a condition; fail the test when it does not come."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not condition():  # noqa: ASYNC110 (files and peers have no event to wait for)
                await asyncio.sleep(0.01)
    except TimeoutError:
        pytest.fail(f"{what} did not come within {PATIENCE_SECONDS:.0f} s")


@dataclass(slots=True)
class House:
    """What surrounds the satellite under test."""

    settings: Settings
    wake: WakeServer
    tts: TtsServer
    folder: Path
    _said: int = field(default=0)

    @property
    def speaker(self) -> Path:
        return self.folder / "speaker"

    def home(self) -> AbstractAsyncContextManager[HomePeer]:
        return HomePeer.dialled(self.settings.address)

    def trace(self) -> list[dict[str, Any]]:
        path = self.folder / "trace.jsonl"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def steps(self, step: str) -> list[dict[str, Any]]:
        return [entry for entry in self.trace() if entry["step"] == step]

    async def step(self, step: str, number: int = 1) -> dict[str, Any]:
        """Wait for a step to come for the n-th time."""
        await until(lambda: len(self.steps(step)) >= number, f"step {step!r} number {number} of {self.trace()}")
        return self.steps(step)[number - 1]

    async def spoken(self, line: str, number: int = 1) -> None:
        """Wait until a line of the satellite's own has begun for the n-th time."""
        await until(
            lambda: [entry["text"] for entry in self.steps("spoken")].count(line) >= number,
            f"{line!r} in {self.trace()}",
        )

    async def listening(self) -> None:
        """Wait until the wake word would begin a turn now."""
        await until(lambda: self._last("listening") > max(self._last("wake"), self._last("first_audio")), "listening")

    def _last(self, step: str) -> int:
        return max((number for number, entry in enumerate(self.trace()) if entry["step"] == step), default=-1)

    def say(self, audio: bytes) -> None:
        """Speak 16 kHz 16-bit mono into the microphone."""
        self._said += 1
        write_wav(self.folder / "microphone" / f"{self._said:04d}.wav", audio)

    async def heard(self, audio: bytes) -> None:
        """Speak it, and wait until the microphone has heard it to its end."""
        self.say(audio)
        self.say(bytes(320))  # begins where that ends
        await self.step("microphone", self._said)


def write_wav(path: Path, audio: bytes, *, rate: int = 16_000, width: int = 2, channels: int = 1) -> None:
    """Write a recording that appears complete."""
    part = path.with_suffix(".part")
    with wave.open(str(part), "wb") as file:
        file.setframerate(rate)
        file.setsampwidth(width)
        file.setnchannels(channels)
        file.writeframes(audio)
    part.replace(path)


def read_wav(path: Path) -> bytes:
    with wave.open(str(path), "rb") as file:
        return file.readframes(file.getnframes())


@pytest.fixture
async def wake() -> AsyncIterator[WakeServer]:
    async with WakeServer.running() as server:
        yield server


@pytest.fixture
async def tts() -> AsyncIterator[TtsServer]:
    async with TtsServer.running() as server:
        yield server


@asynccontextmanager
async def living(
    wake: WakeServer,
    tts: TtsServer,
    folder: Path,
    patience: Patience | None = None,
    *,
    speaker: str | None = None,
    **more: Any,
) -> AsyncIterator[House]:
    """Run a satellite for the length of the block, with more settings where they matter."""
    (folder / "microphone").mkdir(exist_ok=True)
    told = Settings(
        address=Address("127.0.0.1", free_port()),
        name="Living Room",
        area="Living Room",
        wake=wake.address,
        tts=tts.address,
        microphone=f"wav:{folder / 'microphone'}",
        speaker=speaker or f"wav:{folder / 'speaker'}",
        trace=folder / "trace.jsonl",
        **more,
    )
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(satellite.run(told, patience))
        house = House(settings=told, wake=wake, tts=tts, folder=folder)
        await _answers(told.address, running)
        yield house
        running.cancel()


async def _answers(address: Address, running: asyncio.Task[None]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not running.done():
            try:
                _, writer = await asyncio.open_connection(address.host, address.port)
            except OSError:
                await asyncio.sleep(0.01)
            else:
                writer.close()
                return


def free_port() -> int:
    """Return a port nobody listens on."""
    import socket  # noqa: PLC0415

    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@pytest.fixture
async def house(wake: WakeServer, tts: TtsServer, tmp_path: Path) -> AsyncIterator[House]:
    async with living(wake, tts, tmp_path) as house:
        yield house
