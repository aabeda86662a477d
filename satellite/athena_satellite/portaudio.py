"""PortAudio, through `sounddevice`: found, opened and closed in one place.

It is not installed everywhere, and not thread-safe.
"""

import threading
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any, Final, Literal, Protocol

from .audio import HEARD, Format
from .errors import DeviceError, PortAudioError

_LOCK: Final = threading.Lock()
_OPEN: Final[set[int]] = set()  # ids of the streams that are open

type Direction = Literal["input", "output"]

type Device = Mapping[str, Any]
"""What sounddevice tells of a device."""


class Stream(Protocol):
    """An open device, as sounddevice has it."""

    def write(self, data: bytes) -> bool:
        """Play; wait while the device has enough."""
        ...

    def stop(self) -> None:
        """Stop once everything has sounded."""
        ...

    def abort(self) -> None:
        """Stop at once."""
        ...

    def close(self) -> None:
        """Give the device back."""
        ...


def load() -> ModuleType:
    """Return sounddevice; raise PortAudioError, with what mends it, where PortAudio is missing."""
    try:
        import sounddevice  # noqa: PLC0415 (fails where PortAudio is missing, and a WAV file needs none)
    except OSError as err:
        raise PortAudioError("PortAudio is not installed; on Debian: apt install libportaudio2") from err
    module: ModuleType = sounddevice
    return module


def open_input(name: str, callback: Callable[..., None], *, block_seconds: float) -> tuple[Stream, Format]:
    """Open and start a microphone; 16 kHz and one channel where the device can, else its own rate.

    The callback is sounddevice's: (data, frames, time, status), in PortAudio's thread.
    """
    with _LOCK:
        sd = load()
        device = _find(sd, "input", name)
        form = HEARD if _takes(sd, "input", device, HEARD) else _own_format(device, "input")
        return _opened(
            sd,
            device,
            lambda: sd.RawInputStream(
                samplerate=form.rate,
                blocksize=int(form.rate * block_seconds),
                device=device["index"],
                channels=form.channels,
                dtype="int16",
                callback=callback,
            ),
        ), form


def open_output(name: str, wanted: Format) -> tuple[Stream, Format]:
    """Open and start a speaker, in 16 bit; at the wanted rate where the device can, else at its own."""
    with _LOCK:
        sd = load()
        device = _find(sd, "output", name)
        form = Format(rate=wanted.rate, width=2, channels=wanted.channels)
        form = form if _takes(sd, "output", device, form) else _own_format(device, "output")
        return _opened(
            sd,
            device,
            lambda: sd.RawOutputStream(
                samplerate=form.rate, device=device["index"], channels=form.channels, dtype="int16"
            ),
        ), form


def write(stream: Stream, sound: bytes) -> None:
    """Play a piece; raise DeviceError when the speaker is gone."""
    try:
        stream.write(sound)
    except load().PortAudioError as err:
        raise DeviceError(f"the speaker went away: {err}") from err


def close(stream: Stream, *, at_once: bool = False) -> None:
    """Close a stream, a speaker's after its last sample unless `at_once`; raise DeviceError if it was gone."""
    with _LOCK:
        sd = load()
        _OPEN.discard(id(stream))
        try:
            try:
                if at_once:
                    stream.abort()
                else:
                    stream.stop()
            finally:
                stream.close()
        except sd.PortAudioError as err:
            raise DeviceError(f"the device went away: {err}") from err


def _opened(sd: ModuleType, device: Device, make: Callable[[], Any]) -> Stream:
    try:
        stream = make()
        stream.start()
    except (sd.PortAudioError, ValueError) as err:
        raise DeviceError(f"{device['name']!r} cannot be opened: {err}") from err
    _OPEN.add(id(stream))
    opened: Stream = stream
    return opened


def _takes(sd: ModuleType, direction: Direction, device: Device, form: Format) -> bool:
    check = sd.check_input_settings if direction == "input" else sd.check_output_settings
    try:
        check(device=device["index"], channels=form.channels, dtype="int16", samplerate=form.rate)
    except (sd.PortAudioError, ValueError):
        return False
    return True


def _own_format(device: Device, direction: Direction) -> Format:
    channels = min(2, int(device[f"max_{direction}_channels"]))
    return Format(rate=int(device["default_samplerate"]), width=2, channels=channels)


def _find(sd: ModuleType, direction: Direction, name: str) -> Device:
    """Return the device of that name, or the one whose name contains it; for an empty name the system's own."""
    if not _OPEN:  # PortAudio lists the devices once, and a new list would end every open stream
        sd._terminate()  # noqa: SLF001 (there is no public way)
        sd._initialize()  # noqa: SLF001
    if not name:
        try:
            own: Device = sd.query_devices(kind=direction)
            return own
        except (sd.PortAudioError, ValueError) as err:
            raise DeviceError(f"the system has no {direction} device") from err
    able: list[Device] = [device for device in sd.query_devices() if device[f"max_{direction}_channels"] > 0]
    found = [device for device in able if device["name"] == name]
    found = found or [device for device in able if name.casefold() in device["name"].casefold()]
    if len(found) != 1:
        names = ", ".join(repr(device["name"]) for device in found or able) or "none"
        what = f"{name!r} is the name of more than one" if found else f"there is no {name!r} among the"
        raise DeviceError(f"{what} {direction} devices: {names}")
    return found[0]
