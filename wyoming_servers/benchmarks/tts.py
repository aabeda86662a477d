"""Text to speech: the time to the first sound, through the real server over TCP, beside the way of wyoming-piper.

Piper speaks with a voice made here, whose network is a tone that costs nothing: that measures the way and not a voice.
`--voices FOLDER` measures a real one too. The peer (tts_peer.py) has the same engine, and no cache.
"""

import argparse
import asyncio
import itertools
import re
import statistics
import sys
import tempfile
import time
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from wyoming.audio import AudioChunk, AudioStop
from wyoming.event import async_read_event, async_write_event
from wyoming.info import Describe
from wyoming.tts import Synthesize

from tests.tts.voices import make_voice

from .table import Row, print_table

_SLICES: Final = 5
"""Ours and the peer's in turn, so that what else the machine does is shared by both."""
_TEXTS: Final = 4
"""In a slice: of one client, or of four clients together."""
_START_SECONDS: Final = 60.0

_SHORT: Final = "Lamp {} of the living room is on."
_LONG: Final = (
    "Good morning, it is day {} of the year, the lamp in the living room is on, the blinds in the bedroom are closed, "
    "and the front door has been locked since seven in the evening. The washing machine has ended, and it is raining."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back of one text."""

    first: float
    """Seconds to the first sound."""
    whole: float
    """Seconds to the end."""
    audio: float
    """Seconds of speech."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """An engine with its voices."""

    words: str
    engine: str
    voices: Path | None


async def _ask(port: int, texts: Sequence[str]) -> list[Answer]:
    """Let one client say texts, one after the other."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answers = []
    for text in texts:
        begun, first, audio = time.perf_counter(), 0.0, 0.0
        await async_write_event(Synthesize(text=text).event(), writer)
        while (event := await async_read_event(reader)) is not None and not AudioStop.is_type(event.type):
            if AudioChunk.is_type(event.type):
                first = first or time.perf_counter() - begun
                audio += AudioChunk.from_event(event).seconds
        answers.append(Answer(first=first, whole=time.perf_counter() - begun, audio=audio))
    writer.close()
    await writer.wait_closed()
    return answers


async def _in_turn(ports: tuple[int, int], clients: int, texts: Iterator[str]) -> tuple[list[Answer], list[Answer]]:
    """Let so many clients at once ask both servers."""
    answers: tuple[list[Answer], list[Answer]] = ([], [])
    for _ in range(_SLICES):
        for port, mine in zip(ports, answers, strict=True):
            asking = [_ask(port, [*itertools.islice(texts, _TEXTS // clients)]) for _ in range(clients)]
            mine.extend(itertools.chain.from_iterable(await asyncio.gather(*asking)))
    return answers


async def _describe(port: int, texts: Iterator[str]) -> float:
    """Return the most seconds until Describe is answered while four clients have long texts spoken."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    taken: list[float] = []
    spoken = asyncio.Event()

    async def describe() -> None:
        while not spoken.is_set():
            begun = time.perf_counter()
            await async_write_event(Describe().event(), writer)
            await async_read_event(reader)
            taken.append(time.perf_counter() - begun)
            await asyncio.sleep(0.005)

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(describe())
        await asyncio.gather(*(_ask(port, [next(texts), next(texts)]) for _ in range(4)))
        spoken.set()
    writer.close()
    return max(taken)


@asynccontextmanager
async def _running(*module: str, ready: str) -> AsyncIterator[int]:
    """Run a server in a process of its own; yield its port once its log says that it is ready."""
    with tempfile.NamedTemporaryFile(suffix=".log") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", *module), stdin=DEVNULL, stdout=log, stderr=log
        )
        try:
            async with asyncio.timeout(_START_SECONDS):
                while not re.search(ready, text := Path(log.name).read_text(encoding="utf-8")):  # noqa: ASYNC240
                    if process.returncode is not None:
                        raise SystemExit(text)
                    await asyncio.sleep(0.05)
            port = re.search(r"listening on tcp://127\.0\.0\.1:(\d+)", text)
            assert port
            yield int(port[1])
        finally:
            if process.returncode is None:
                process.terminate()
            await process.wait()


async def _measured(subject: Subject) -> list[Row]:
    where = () if subject.voices is None else ("--voices", str(subject.voices))
    ours = ("athena_voice", "tts", "--uri", "tcp://127.0.0.1:0", "--engine", subject.engine, *where)
    peers = ("benchmarks.tts_peer", subject.engine, *where)
    ready = "are ready" if subject.engine == "piper" else "is ready"
    async with _running(*ours, ready=ready) as port, _running(*peers, ready="listening") as peer:
        return await _rows(subject.words, port, peer)


async def _rows(words: str, port: int, peer: int) -> list[Row]:
    """Measure both, in turn."""
    numbers = itertools.count(1)
    texts = {
        "short, said before": itertools.repeat(_SHORT.format(0)),
        "short, new": map(_SHORT.format, numbers),
        "long, new": map(_LONG.format, numbers),
    }
    for each in (port, peer):
        await _ask(each, [_SHORT.format(0), *itertools.islice(texts["short, new"], 3)])
    rows: list[Row] = []
    for what, asked in texts.items():
        for clients in (1, 4):
            mine, its = await _in_turn((port, peer), clients, asked)
            name = f"{words} · {what} · {clients} client{'s' if clients > 1 else ''}"
            rows += _first_audio(name, mine, its)
            if clients == 1 and what == "long, new":
                rows.append(_row(f"{words} · {what} · real-time factor", "s per s", _pace(mine), _pace(its)))
    mine_ms, its_ms = [1000 * await _describe(each, texts["long, new"]) for each in (port, peer)]
    return [*rows, _row(f"{words} · Describe while 4 long texts are made · slowest", "ms", mine_ms, its_ms)]


def _first_audio(name: str, mine: Sequence[Answer], its: Sequence[Answer]) -> Iterator[Row]:
    ours, theirs = ([1000 * answer.first for answer in answers] for answers in (mine, its))
    yield _row(f"{name} · median", "ms", statistics.median(ours), statistics.median(theirs))
    yield _row(f"{name} · p90", "ms", *(statistics.quantiles(times, n=10)[-1] for times in (ours, theirs)))


def _pace(answers: Sequence[Answer]) -> float:
    return statistics.median(answer.whole / answer.audio for answer in answers)


def _row(name: str, unit: str, value: float, peer: float) -> Row:
    return Row(name=name, value=value, unit=unit, peer=peer, ratio=value / peer)


async def _all(voices: Path | None) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        make_voice(Path(folder), "tone")
        subjects = [
            Subject(words="eSpeak NG", engine="espeak", voices=None),
            Subject(words="Piper, a tone for a voice", engine="piper", voices=Path(folder)),
        ]
        if voices is not None:
            subjects.append(Subject(words="Piper", engine="piper", voices=voices))
        return [row for subject in subjects for row in await _measured(subject)]


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(prog="script/bench tts", description=__doc__)
    parser.add_argument("--voices", metavar="FOLDER", type=Path, help="measure this folder's first voice of Piper too")
    parser.add_argument("--json", action="store_true", help="the table once more, as JSON on the last line")
    arguments = parser.parse_args()
    rows = asyncio.run(_all(arguments.voices))
    print_table("Text to speech: time to the first sound", rows, as_json=arguments.json)


if __name__ == "__main__":
    main()
