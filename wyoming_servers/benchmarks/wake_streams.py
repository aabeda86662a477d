"""Many streams at once through a server in a process of its own, in real time: how late a word is told."""

import asyncio
import contextlib
import re
import sys
import time
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.event import Eventable, async_read_event, async_write_event
from wyoming.info import Describe
from wyoming.wake import Detect, Detection

from athena_voice.audio import RATE, Samples

from .wake_speech import Clip, parts

_CHUNK = 1024
_LEAD_SECONDS = 3.0
_STARTS_SECONDS = 2.4
"""All the streams begin within it, as when every satellite comes back."""
_PATIENCE_SECONDS = 25.0


@dataclass(slots=True)
class Lateness:
    """What was measured."""

    detections: list[float] = field(default_factory=list)
    """Milliseconds from a word's end to its detection, in real time."""
    describes: list[float] = field(default_factory=list)
    """Milliseconds from Describe to its answer, meanwhile."""
    missed: int = 0


async def lateness(command: Sequence[str], streams: int, clip: Clip) -> Lateness:
    """Start a server, say the word in so many streams, and end it."""
    measured = Lateness()
    async with _server(command) as port, asyncio.TaskGroup() as tasks:
        asking = tasks.create_task(_ask(port, measured))
        said = [
            tasks.create_task(_say(port, clip, _STARTS_SECONDS * number / streams, measured))
            for number in range(streams)
        ]
        await asyncio.wait(said)
        asking.cancel()
    return measured


async def _say(port: int, clip: Clip, delay: float, measured: Lateness) -> None:
    await asyncio.sleep(delay)
    lead = np.random.default_rng(3).normal(0, 20, int(_LEAD_SECONDS * RATE)).astype(np.int16)
    samples: Samples = np.concatenate((lead, clip.samples, np.zeros(RATE, np.int16)))
    async with _connection(port) as (reader, writer):
        await _send(writer, Detect(names=["hey_jarvis"]), AudioStart(rate=RATE, width=2, channels=1))
        begun = time.monotonic()
        word_end = begun + _LEAD_SECONDS + clip.end / RATE
        async with asyncio.TaskGroup() as tasks:
            told = tasks.create_task(_told(reader))
            for number, part in enumerate(parts(samples, _CHUNK), 1):
                await asyncio.sleep(begun + number * _CHUNK / RATE - time.monotonic())
                await _send(writer, AudioChunk(rate=RATE, width=2, channels=1, audio=part.tobytes()))
            await _send(writer, AudioStop())
            at = await told
    if at is None:
        measured.missed += 1
    else:
        measured.detections.append((at - word_end) * 1000)


async def _told(reader: asyncio.StreamReader) -> float | None:
    """Return when the detection came, or None when there was none."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_LEAD_SECONDS + _PATIENCE_SECONDS):
            event = await async_read_event(reader)
            return time.monotonic() if event is not None and Detection.is_type(event.type) else None
    return None


async def _ask(port: int, measured: Lateness) -> None:
    async with _connection(port) as (reader, writer):
        while True:
            begun = time.monotonic()
            await _send(writer, Describe())
            await async_read_event(reader)
            measured.describes.append((time.monotonic() - begun) * 1000)
            await asyncio.sleep(0.05)


async def _send(writer: asyncio.StreamWriter, *events: Eventable) -> None:
    for event in events:
        await async_write_event(event.event(), writer)


@contextlib.asynccontextmanager
async def _connection(port: int) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield reader, writer
    finally:
        writer.close()


@contextlib.asynccontextmanager
async def _server(command: Sequence[str]) -> AsyncIterator[int]:
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", *command, stdout=PIPE, stderr=PIPE)
    try:
        assert process.stdout is not None
        assert process.stderr is not None
        lines = {asyncio.create_task(pipe.readline()) for pipe in (process.stdout, process.stderr)}
        async with asyncio.timeout(_PATIENCE_SECONDS):
            done, rest = await asyncio.wait(lines, return_when=asyncio.FIRST_COMPLETED)
        for task in rest:
            task.cancel()
        listening = re.search(rb":(\d+)\s*$", done.pop().result())
        assert listening, "the server does not listen"
        yield int(listening[1])
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()
