"""A sound device as a speaker, through PortAudio."""

import asyncio
import contextlib
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from itertools import chain
from queue import SimpleQueue
from typing import ClassVar, Final, Self, override

from athena_satellite import portaudio
from athena_satellite.audio import Converter, Format
from athena_satellite.detached import detached
from athena_satellite.errors import DeviceError

from .speaker import Speaker

_WRITE_SECONDS: Final = 0.05
"""How soon silence can be had."""

_STUCK_SECONDS: Final = 5.0
"""A device that does not take a piece, open or close for so long is taken for gone."""

_LOOK_SECONDS: Final = 0.5

_AHEAD_SECONDS: Final = 2.0
"""How much waits for the device at most; the rest waits where it comes from."""

_FULL_SECONDS: Final = 0.05

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
    async def check(self) -> None:
        await detached(partial(portaudio.check_output, self._name))

    @override
    async def play(self, audio: AsyncIterator[bytes], form: Format, began: Callable[[], None]) -> float:
        loop = asyncio.get_running_loop()
        playback = _Playback(form, lambda: loop.call_soon_threadsafe(began))
        try:
            async with asyncio.TaskGroup() as tasks:
                watch = tasks.create_task(playback.watch())
                sound = tasks.create_task(detached(partial(playback.sound, self._name, self._lock)))
                sound.add_done_callback(lambda _: watch.cancel())
                async for piece in audio:
                    if piece:
                        await playback.put(piece)
                playback.pieces.put(None)
        except BaseExceptionGroup as group:
            raise group.exceptions[0] from group
        finally:
            playback.halt.set()
            playback.pieces.put(None)
        return sound.result()


class _Playback:
    """One playback, in a thread of its own that alone touches the stream."""

    def __init__(self, form: Format, began: Callable[[], object]) -> None:
        self.pieces: Pieces = SimpleQueue()
        self.halt = threading.Event()
        self._form = form
        self._began = began
        self._busy_since: float | None = None  # monotonic; None while the thread waits for audio
        self._put = 0  # bytes; counted by the event loop alone
        self._taken = 0  # bytes; counted by the thread alone

    async def put(self, piece: bytes) -> None:
        """Add audio once the device has caught up."""
        while self._put - self._taken > _AHEAD_SECONDS * self._form.bytes_per_second:  # noqa: ASYNC110 (the other is a thread)
            await asyncio.sleep(_FULL_SECONDS)
        self._put += len(piece)
        self.pieces.put(piece)

    async def watch(self) -> None:
        """Raise DeviceError when the device hangs; the thread is left to it and ends whenever the device lets go."""
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            since = self._busy_since
            if since is not None and time.monotonic() - since > _STUCK_SECONDS:
                raise DeviceError(f"the speaker hangs: it took no sound for {_STUCK_SECONDS:.0f} s")

    def sound(self, name: str, lock: threading.Lock) -> float:
        """Play; return the seconds played."""
        arriving = iter(self.pieces.get, None)
        first = next(arriving, b"")
        if not first:
            return 0.0
        if not lock.acquire(timeout=_STUCK_SECONDS):  # the one before may still be closing
            raise DeviceError("the speaker hangs: the playback before this one does not come to an end")
        try:
            return self._sound(name, chain((first,), arriving))
        finally:
            lock.release()

    def _sound(self, name: str, arriving: Iterator[bytes]) -> float:
        with self._busy():
            stream, target = portaudio.open_output(name, self._form)
        try:
            self._began()
            converter = Converter(self._form, target)
            played = 0
            for piece in arriving:
                played += self._write(stream, converter.convert(piece), target)
                self._taken += len(piece)
            played += self._write(stream, converter.convert(b"", last=True), target)
        finally:
            with self._busy():
                portaudio.close(stream, at_once=self.halt.is_set())
        return played / target.bytes_per_second

    def _write(self, stream: portaudio.Stream, sound: bytes, form: Format) -> int:
        step = int(form.rate * _WRITE_SECONDS) * form.frame_bytes
        for offset in range(0, len(sound), step):
            if self.halt.is_set():
                break
            with self._busy():
                portaudio.write(stream, sound[offset : offset + step])
        return len(sound)

    @contextlib.contextmanager
    def _busy(self) -> Iterator[None]:
        self._busy_since = time.monotonic()
        try:
            yield
        finally:
            self._busy_since = None
