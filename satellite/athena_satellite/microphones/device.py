"""A sound device as a microphone, through PortAudio."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from typing import ClassVar, Final, Self, override

from athena_satellite import portaudio
from athena_satellite.audio import HEARD, Converter
from athena_satellite.errors import DeviceError

from .microphone import CHUNK_SECONDS, Microphone, Stage

_LOGGER = logging.getLogger(__name__)

_SILENT_SECONDS: Final = 2.0
"""Without a sample for so long a device is taken for gone."""

_MAX_WAITING: Final = int(5.0 / CHUNK_SECONDS)


class DeviceMicrophone(Microphone):
    """Hears the device of a name, or the system's own."""

    KIND: ClassVar[str] = "device"

    def __init__(self, name: str) -> None:
        self._name = name

    @override
    @classmethod
    def create(cls, argument: str, stage: Stage) -> Self:
        portaudio.load()
        return cls(argument)

    @override
    async def run(self, hear: Callable[[bytes], None], up: Callable[[], None]) -> None:
        inlet = _Inlet(asyncio.get_running_loop())
        stream, form = await asyncio.to_thread(
            portaudio.open_input, self._name, inlet.take, block_seconds=CHUNK_SECONDS
        )
        converter = Converter(form, HEARD)
        try:
            while True:
                async with asyncio.timeout(_SILENT_SECONDS):
                    pieces = await inlet.pieces()
                up()
                for piece in pieces:
                    hear(converter.convert(piece))
        except TimeoutError as err:
            raise DeviceError(f"no sound came from it for {_SILENT_SECONDS:.0f} s") from err
        finally:
            await asyncio.to_thread(portaudio.close, stream, at_once=True)


class _Inlet:
    """What PortAudio's thread has heard, on its way to the event loop; of more than 5 s the newest is lost."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._pieces: deque[bytes] = deque()
        self._filled = asyncio.Event()
        self._lost = False
        self._told = False

    def take(self, data: "memoryview", _frames: int, _time: object, _status: object) -> None:
        """Copy what was heard. Called by PortAudio, in its thread."""
        if len(self._pieces) >= _MAX_WAITING:
            self._lost = True
            return
        self._pieces.append(bytes(data))
        if len(self._pieces) == 1 and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._filled.set)

    async def pieces(self) -> list[bytes]:
        """Wait for something to be heard and return all of it."""
        await self._filled.wait()
        self._filled.clear()
        pieces = []
        while self._pieces:  # to the last one: only what comes into an empty inlet is told of
            pieces.append(self._pieces.popleft())
        if self._lost and not self._told:
            self._told = True
            _LOGGER.warning("The microphone was faster than this machine: sound was lost")
        return pieces
