"""Recordings as a microphone: a WAV file is heard as if it were spoken in the room, with silence before and after."""

import asyncio
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final, Self, override

from athena_satellite.audio import HEARD
from athena_satellite.errors import DeviceError, RecordingError, SettingsError
from athena_satellite.recording import read_recording

from .microphone import CHUNK_SECONDS, Microphone, Stage

_LOGGER = logging.getLogger(__name__)

_CHUNK_BYTES: Final = int(CHUNK_SECONDS * HEARD.rate) * HEARD.width
_LOOK_SECONDS: Final = 0.1
_MAX_LATE_SECONDS: Final = 1.0
"""A machine that slept longer hears on from now, instead of everything at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Recording:
    path: Path
    audio: bytes


class WavMicrophone(Microphone):
    """Hears one file once, when Home Assistant listens; or each that appears in a folder, in the order of their names.

    A file in a folder is renamed: to `*.spoken` as its first sample is heard, to `*.rejected` when it is none.
    """

    KIND: ClassVar[str] = "wav"

    def __init__(self, path: Path, stage: Stage, only: _Recording | None) -> None:
        self._path = path
        self._stage = stage
        self._only = only
        self._ready: asyncio.Queue[_Recording] = asyncio.Queue(maxsize=1)
        self._kept: set[Path] = set()  # files that are done with and would not be renamed

    @override
    @classmethod
    def create(cls, argument: str, stage: Stage) -> Self:
        if not argument:
            raise SettingsError("the microphone wav: needs a file or a folder")
        path = Path(argument)
        return cls(path, stage, None if path.is_dir() else _Recording(path=path, audio=read_recording(path)))

    @override
    async def run(self, hear: Callable[[bytes], None], up: Callable[[], None]) -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._hear(hear))
            tasks.create_task(self._look() if self._only is None else self._wait(self._only))
            up()

    async def _hear(self, hear: Callable[[bytes], None]) -> None:
        """Hear what is ready, and silence in between, as time passes."""
        loop = asyncio.get_running_loop()
        due = loop.time()
        speech, offset = b"", 0
        while True:
            if offset >= len(speech) and not self._ready.empty():
                recording = self._ready.get_nowait()
                speech, offset = recording.audio, 0
                seconds = round(len(speech) / HEARD.bytes_per_second, 3)
                self._stage.trace.write("microphone", None, file=str(recording.path), seconds=seconds)
                self._ready.task_done()
            hear(speech[offset : offset + _CHUNK_BYTES].ljust(_CHUNK_BYTES, b"\0"))
            offset += _CHUNK_BYTES
            due = max(due + CHUNK_SECONDS, loop.time() - _MAX_LATE_SECONDS)
            await asyncio.sleep(due - loop.time())

    async def _wait(self, recording: _Recording) -> None:
        if not self._stage.listening.is_set():
            _LOGGER.info("The recording %s waits for Home Assistant", recording.path)
        await self._stage.listening.wait()
        self._only = None
        await self._ready.put(recording)

    async def _look(self) -> None:
        """Make ready what appears in the folder, and mark what is done with."""
        while True:
            path = await asyncio.to_thread(self._next_file)
            if path is None:
                await asyncio.sleep(_LOOK_SECONDS)
                continue
            try:
                audio = await asyncio.to_thread(read_recording, path)
            except RecordingError as err:
                _LOGGER.error("%s; it is skipped", err)
                await asyncio.to_thread(self._mark, path, "rejected")
            else:
                await self._ready.put(_Recording(path=path, audio=audio))
                await self._ready.join()
                await asyncio.to_thread(self._mark, path, "spoken")

    def _next_file(self) -> Path | None:
        try:
            names = os.listdir(self._path)  # noqa: PTH208 (a Path interns its name, and this is ten times a second)
        except OSError as err:
            raise DeviceError(f"the folder {self._path} cannot be read: {err.strerror}") from err
        files = (self._path / name for name in sorted(names) if name.lower().endswith(".wav"))
        return next((path for path in files if path not in self._kept), None)

    def _mark(self, path: Path, mark: str) -> None:
        try:
            path.rename(path.with_name(f"{path.name}.{mark}"))
        except OSError as err:
            self._kept.add(path)
            _LOGGER.warning("%s cannot be renamed to *.%s: %s; it is not spoken again", path, mark, err.strerror)
