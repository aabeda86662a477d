"""What the real server takes: time to start, memory, and the time from the end of the audio to the transcript."""

import asyncio
import re
import statistics
import sys
import time
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.event import async_read_event, async_write_event

from athena_voice.audio import RATE, Samples

_STARTS: Final = 3
_CHUNK: Final = 1024
_PATIENCE_SECONDS: Final = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """What was measured."""

    start: float
    """Seconds from the command to a server that knows the home; the median."""
    memory: float
    """MB that lie in memory, after all that was said."""
    answers: list[float]
    """Seconds from the end of each utterance's audio to its transcript."""


async def costs(home: Path, utterances: Sequence[Samples]) -> Costs:
    """Start a server several times, and let the last one hear utterances."""
    starts = []
    for last in (False,) * (_STARTS - 1) + (True,):
        begun = time.perf_counter()
        async with _server(home) as (pid, port):
            starts.append(time.perf_counter() - begun)
            if last:
                answers = await _say(port, utterances)
                return Costs(start=statistics.median(starts), memory=await _memory(pid), answers=answers)
    raise AssertionError


async def _say(port: int, utterances: Sequence[Samples]) -> list[float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    taken = []
    form = {"rate": RATE, "width": 2, "channels": 1}
    for samples in utterances:
        await async_write_event(Transcribe(language="en").event(), writer)
        await async_write_event(AudioStart(**form).event(), writer)
        for at in range(0, len(samples), _CHUNK):
            await async_write_event(AudioChunk(**form, audio=samples[at : at + _CHUNK].tobytes()).event(), writer)
        begun = time.perf_counter()
        await async_write_event(AudioStop().event(), writer)
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while (event := await async_read_event(reader)) is not None and not Transcript.is_type(event.type):
                pass
        taken.append(time.perf_counter() - begun)
    writer.close()
    await writer.wait_closed()
    return taken


async def _memory(pid: int) -> float:
    process = await asyncio.create_subprocess_exec("ps", "-o", "rss=", "-p", str(pid), stdout=PIPE)
    output, _ = await process.communicate()
    return int(output) / 1024


@asynccontextmanager
async def _server(home: Path) -> AsyncIterator[tuple[int, int]]:
    """Run a server in a process of its own; yield its process and its port once it knows the home."""
    command = ("-m", "athena_voice", "stt", "--uri", "tcp://127.0.0.1:0", "--home", str(home))
    process = await asyncio.create_subprocess_exec(sys.executable, *command, stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE)
    assert process.stderr is not None
    try:
        port, known = 0, False
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while not (port and known):
                line = (await process.stderr.readline()).decode()
                if not line:
                    raise SystemExit("the server ended before it was ready")
                if found := re.search(r"listening on tcp://127\.0\.0\.1:(\d+)", line):
                    port = int(found[1])
                known = known or "can be recognised" in line
        rest = asyncio.create_task(process.stderr.read())  # its log must not fill the pipe
        yield process.pid, port
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
    await rest
