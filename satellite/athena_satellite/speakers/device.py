"""A sound device as a speaker, through PortAudio."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from itertools import chain
from queue import SimpleQueue
from typing import ClassVar, Final, Self, override

from athena_satellite import portaudio
from athena_satellite.audio import Converter, Format

from .speaker import Speaker

_JITTER_SECONDS: Final = 0.1
"""What is gathered before the first sample sounds, unless that was all."""

_WRITE_SECONDS: Final = 0.05
"""How soon silence can be had."""

type Pieces = SimpleQueue[bytes | None]
"""Audio on its way to the thread that plays; None ends it."""


class DeviceSpeaker(Speaker):
    """Plays on the device of a name, or the system's own; opened for each playback, so that a lost one can return."""

    KIND: ClassVar[str] = "device"

    def __init__(self, name: str) -> None:
        self._name = name
        self._lock = threading.Lock()

    @override
    @classmethod
    def create(cls, argument: str) -> Self:
        portaudio.load()
        return cls(argument)

    @override
    async def play(self, audio: AsyncIterator[bytes], form: Format, began: Callable[[], None]) -> float:
        loop = asyncio.get_running_loop()
        pieces: Pieces = SimpleQueue()
        halt = threading.Event()
        try:
            async with asyncio.TaskGroup() as tasks:
                sound = tasks.create_task(
                    asyncio.to_thread(self._sound, pieces, form, halt, lambda: loop.call_soon_threadsafe(began))
                )
                async for piece in audio:
                    if piece:
                        pieces.put(piece)
                pieces.put(None)
        except BaseExceptionGroup as group:
            raise group.exceptions[0] from group
        finally:
            halt.set()
            pieces.put(None)
        return sound.result()

    def _sound(self, pieces: Pieces, form: Format, halt: threading.Event, began: Callable[[], object]) -> float:
        """Play, in a thread of its own that alone touches the stream; return the seconds played."""
        arriving = _arriving(pieces, int(form.bytes_per_second * _JITTER_SECONDS))
        first = next(arriving, b"")
        if not first:
            return 0.0
        with self._lock:  # the one before may still be closing
            stream, target = portaudio.open_output(self._name, form)
            try:
                began()
                converter = Converter(form, target)
                played = 0
                for piece in chain((first,), arriving):
                    played += _write(stream, converter.convert(piece), target, halt)
                played += _write(stream, converter.convert(b"", last=True), target, halt)
            finally:
                portaudio.close(stream, at_once=halt.is_set())
        return played / target.bytes_per_second


def _arriving(pieces: Pieces, jitter_bytes: int) -> Iterator[bytes]:
    gathered = b""
    while (piece := pieces.get()) is not None:
        gathered += piece
        if len(gathered) >= jitter_bytes:
            yield gathered
            gathered, jitter_bytes = b"", 0
    if gathered:
        yield gathered


def _write(stream: portaudio.Stream, sound: bytes, form: Format, halt: threading.Event) -> int:
    step = int(form.rate * _WRITE_SECONDS) * form.frame_bytes
    for offset in range(0, len(sound), step):
        if halt.is_set():
            break
        portaudio.write(stream, sound[offset : offset + step])
    return len(sound)
