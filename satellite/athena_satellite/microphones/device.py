"""A sound device as a microphone, through PortAudio."""

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import ClassVar, Final, Self, override

from athena_satellite import portaudio
from athena_satellite.audio import HEARD, Converter
from athena_satellite.detached import detached
from athena_satellite.errors import DeviceError
from athena_satellite.level_watch import LevelWatch

from .microphone import CHUNK_SECONDS, Microphone, Stage

_LOGGER = logging.getLogger(__name__)

_SILENT_SECONDS: Final = 2.0
"""Without a sample for so long a device is taken for gone."""

_FIRST_SECONDS: Final = 6.0
"""The same for the first sample: a sound server that slept gave it after 2.1 s."""

_CLOSE_SECONDS: Final = 5.0
_MAX_WAITING: Final = int(5.0 / CHUNK_SECONDS)


class DeviceMicrophone(Microphone):
    """Hears the device of a name, or the system's own."""

    KIND: ClassVar[str] = "device"

    def __init__(self, name: str) -> None:
        self._name = name
        self._levels = LevelWatch()

    @override
    @classmethod
    def create(cls, argument: str, _stage: Stage) -> Self:
        portaudio.load()
        return cls(argument)

    @override
    async def run(self, hear: Callable[[bytes], None], up: Callable[[], None]) -> None:
        while await self._hear_until_interrupted(hear, up):
            _LOGGER.debug("The microphone was interrupted for a new list of the devices")

    async def _hear_until_interrupted(self, hear: Callable[[bytes], None], up: Callable[[], None]) -> bool:
        """Hear until another device's search closes this one; return True. Raises DeviceError when it is gone."""
        inlet = _Inlet(asyncio.get_running_loop())
        stream, form = await detached(
            partial(portaudio.open_input, self._name, inlet.take, inlet.end, block_seconds=CHUNK_SECONDS)
        )
        converter = Converter(form, HEARD)
        patience = _FIRST_SECONDS
        try:
            while True:
                async with asyncio.timeout(patience):
                    pieces = await inlet.pieces()
                patience = _SILENT_SECONDS
                up()
                for piece in pieces:
                    heard = converter.convert(piece)
                    self._levels.note(heard)
                    hear(heard)
        except (TimeoutError, DeviceError) as err:
            if not portaudio.is_open(stream):
                return True
            raise DeviceError(str(err) or f"no sound came from it for {patience:.0f} s") from err
        finally:
            await _close(stream)


async def _close(stream: portaudio.Stream) -> None:
    try:
        async with asyncio.timeout(_CLOSE_SECONDS):
            await detached(partial(portaudio.close, stream, at_once=True))
    except TimeoutError as err:
        raise DeviceError("it hangs and cannot be given back") from err


class _Inlet:
    """What PortAudio's thread has heard, on its way to the event loop; of more than 5 s the newest is lost.

    Nothing that PortAudio calls may raise: its thread would end, and the microphone be deaf without a word.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._pieces: deque[bytes] = deque()
        self._filled = asyncio.Event()
        self._ended = False
        self._lost = False
        self._told = False

    def take(self, data: "memoryview", _frames: int, _time: object, _status: object) -> None:
        """Copy what was heard. Called by PortAudio, in its thread."""
        if len(self._pieces) >= _MAX_WAITING:
            self._lost = True
            return
        self._pieces.append(bytes(data))
        if len(self._pieces) == 1:
            self._wake()

    def end(self) -> None:
        """Note that nothing more will come. Called by PortAudio, in its thread."""
        self._ended = True
        self._wake()

    async def pieces(self) -> list[bytes]:
        """Wait for something to be heard and return all of it; raise DeviceError after the last."""
        await self._filled.wait()
        self._filled.clear()
        pieces = []
        while self._pieces:  # to the last one: only what comes into an empty inlet is told of
            pieces.append(self._pieces.popleft())
        if self._ended:
            if not pieces:
                raise DeviceError("it went away")
            self._filled.set()
        if self._lost and not self._told:
            self._told = True
            _LOGGER.warning("The microphone was faster than this machine: sound was lost")
        return pieces

    def _wake(self) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(self._filled.set)
