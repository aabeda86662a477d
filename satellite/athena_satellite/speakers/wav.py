"""A folder as a speaker: each playback becomes a WAV file, in the time that it would take to hear it."""

import asyncio
import re
import wave
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import ClassVar, Final, Self, override

from athena_satellite.audio import Format
from athena_satellite.errors import DeviceError, SettingsError

from .speaker import Speaker

_NUMBERED: Final = re.compile(r"(\d{4,})\.wav(?:\.part)?")


class WavSpeaker(Speaker):
    """Writes `0001.wav`, `0002.wav`, …; each bears its name only once it is complete."""

    KIND: ClassVar[str] = "wav"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @override
    @classmethod
    def create(cls, argument: str) -> Self:
        folder = Path(argument)
        if not argument:
            raise SettingsError("the speaker wav: needs a folder")
        if folder.suffix.lower() == ".wav":
            wanted = folder.with_suffix("")
            raise SettingsError(f"{argument} is named like a file; the speaker wav: needs a folder: write wav:{wanted}")
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as err:
            raise SettingsError(f"{argument} cannot be a folder to play into: {err.strerror}") from err
        return cls(folder)

    @override
    async def check(self) -> None:
        """Pass: the folder was made."""

    @override
    async def play(self, audio: AsyncIterator[bytes], form: Format, began: Callable[[], None]) -> float:
        loop = asyncio.get_running_loop()
        frames = bytearray()
        silent_at = 0.0
        async for piece in audio:
            if piece and not frames:
                began()
            frames += piece
            silent_at = max(silent_at, loop.time()) + len(piece) / form.bytes_per_second
            await asyncio.sleep(silent_at - loop.time() - 0.1)
        await asyncio.sleep(silent_at - loop.time())
        seconds = len(frames) / form.bytes_per_second
        if frames:
            await asyncio.to_thread(self._write, bytes(frames), form)
        return seconds

    def _write(self, frames: bytes, form: Format) -> None:
        try:
            numbers = [int(found[1]) for path in self._folder.iterdir() if (found := _NUMBERED.fullmatch(path.name))]
            path = self._folder / f"{max(numbers, default=0) + 1:04d}.wav"
            part = path.with_suffix(".wav.part")
            with wave.open(str(part), "wb") as file:
                file.setframerate(form.rate)
                file.setsampwidth(form.width)
                file.setnchannels(form.channels)
                file.writeframes(frames)
            part.replace(path)
        except OSError as err:
            raise DeviceError(f"{self._folder} cannot be written: {err.strerror}") from err
