"""PortAudio, through `sounddevice`: listed, opened and closed in one place.

It is not installed everywhere, it is not thread-safe, and it lists the devices once: a new list ends every open stream.
"""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, Final, Protocol

from .audio import HEARD, Format
from .devices import CALLED, Device, Direction, find
from .errors import DeviceError, PortAudioError

_LOCK: Final = threading.Lock()
_LOCK_SECONDS: Final = 5.0
"""A device that hangs as it is opened or closed keeps the lock; the others say so instead of waiting for ever."""

_CARDS: Final = Path("/proc/asound/pcm")
"""Changes whenever a sound card comes or goes (Linux)."""

_RELIST_SECONDS: Final = 30.0
"""How often a microphone may be interrupted for a new list though no card came or went: sound servers have no cards."""

_RATES: Final = (48_000, 44_100)


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


class _State:
    """What is open, and how old the list of devices is."""

    def __init__(self) -> None:
        self.open: dict[int, tuple[Direction, Stream]] = {}  # by id
        self.listed_at = 0.0
        self.cards: str | None = None


_STATE: Final = _State()


def load() -> ModuleType:
    """Return sounddevice; raise PortAudioError, with what mends it, where PortAudio is missing."""
    try:
        import sounddevice  # noqa: PLC0415 (fails where PortAudio is missing, and a WAV file needs none)
    except OSError as err:
        raise PortAudioError("PortAudio is not installed; on Debian: apt install libportaudio2") from err
    module: ModuleType = sounddevice
    return module


def devices() -> tuple[list[Device], dict[Direction, Device | None]]:
    """Return the devices there are, and the system's own for each direction."""
    with _locked():
        sd = load()
        if not _STATE.open:
            _list_anew(sd)
        own: dict[Direction, Device | None] = {"input": None, "output": None}
        for direction in own:
            with contextlib.suppress(DeviceError):
                own[direction] = _find(sd, direction, "")
        return _devices(sd), own


def open_input(
    name: str, callback: Callable[..., None], ended: Callable[[], None], *, block_seconds: float
) -> tuple[Stream, Format]:
    """Open and start a microphone; 16 kHz and one channel where the device can, else its own rate.

    Called in PortAudio's thread: the callback, sounddevice's (data, frames, time, status), and `ended` once, when
    nothing more will come: because the stream was closed, or because the device is gone.
    """

    def make(sd: ModuleType, device: Device, form: Format) -> Any:
        return sd.RawInputStream(
            samplerate=form.rate,
            blocksize=int(form.rate * block_seconds),
            device=device.index,
            channels=form.channels,
            dtype="int16",
            callback=callback,
            finished_callback=ended,
        )

    return _open("input", name, HEARD, make)


def open_output(name: str, wanted: Format) -> tuple[Stream, Format]:
    """Open and start a speaker, in 16 bit; at the wanted rate where the device can, else at its own."""

    def make(sd: ModuleType, device: Device, form: Format) -> Any:
        return sd.RawOutputStream(samplerate=form.rate, device=device.index, channels=form.channels, dtype="int16")

    return _open("output", name, Format(rate=wanted.rate, width=2, channels=wanted.channels), make)


def check_output(name: str) -> None:
    """Raise DeviceError when there is no such speaker now."""
    with _locked():
        _with_list(lambda sd: _find(sd, "output", name))


def is_open(stream: Stream) -> bool:
    """Return False for a stream that was closed, by its owner or for a new list of the devices."""
    return id(stream) in _STATE.open


def write(stream: Stream, sound: bytes) -> None:
    """Play a piece; raise DeviceError when the speaker is gone."""
    try:
        stream.write(sound)
    except load().PortAudioError as err:
        raise DeviceError(f"the speaker went away: {err}") from err


def close(stream: Stream, *, at_once: bool = False) -> None:
    """Close a stream, a speaker's after its last sample unless `at_once`; raise DeviceError if it was gone."""
    with _locked():
        if is_open(stream):
            _close(load(), stream, at_once=at_once)


@contextlib.contextmanager
def _locked() -> Iterator[None]:
    if not _LOCK.acquire(timeout=_LOCK_SECONDS):
        raise DeviceError("PortAudio hangs: it has been busy with a device for too long")
    try:
        yield
    finally:
        _LOCK.release()


def _open(
    direction: Direction, name: str, wanted: Format, make: Callable[[ModuleType, Device, Format], Any]
) -> tuple[Stream, Format]:
    def attempt(sd: ModuleType) -> tuple[Stream, Format]:
        device = _find(sd, direction, name)
        form = _form(sd, direction, device, wanted)
        try:
            stream = make(sd, device, form)
            try:
                stream.start()
            except sd.PortAudioError:
                stream.close()
                raise
        except (sd.PortAudioError, ValueError) as err:
            raise DeviceError(f"{device.name!r} cannot be opened: {err}") from err
        _STATE.open[id(stream)] = (direction, stream)
        return stream, form

    with _locked():
        return _with_list(attempt)


def _with_list[T](attempt: Callable[[ModuleType], T]) -> T:
    """Attempt with the present list of devices, and if that fails and nobody is cut short, with a new one."""
    sd = load()
    fresh = not _STATE.open
    if fresh:
        _list_anew(sd)
    try:
        return attempt(sd)
    except DeviceError:
        if fresh or not _may_list_anew():
            raise
    for _, stream in list(_STATE.open.values()):
        with contextlib.suppress(DeviceError):
            _close(sd, stream, at_once=True)  # a microphone: whoever has it opens it again
    _list_anew(sd)
    return attempt(sd)


def _may_list_anew() -> bool:
    if any(direction == "output" for direction, _ in _STATE.open.values()):
        return False
    cards = _cards()
    return cards is None or cards != _STATE.cards or time.monotonic() - _STATE.listed_at > _RELIST_SECONDS


def _list_anew(sd: ModuleType) -> None:
    _STATE.cards, _STATE.listed_at = _cards(), time.monotonic()
    try:
        while sd._initialized:  # noqa: SLF001 (there is no public way)
            sd._terminate()  # noqa: SLF001
        sd._initialize()  # noqa: SLF001
    except sd.PortAudioError as err:
        raise DeviceError(f"PortAudio cannot list the sound devices: {err}") from err


def _cards() -> str | None:
    try:
        return _CARDS.read_text()
    except OSError:
        return None


def _close(sd: ModuleType, stream: Stream, *, at_once: bool) -> None:
    del _STATE.open[id(stream)]
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


def _devices(sd: ModuleType) -> list[Device]:
    return [_device(told) for told in sd.query_devices()]


def _device(told: Any) -> Device:
    return Device(
        index=told["index"],
        name=told["name"],
        inputs=told["max_input_channels"],
        outputs=told["max_output_channels"],
        rate=int(told["default_samplerate"]),
    )


def _find(sd: ModuleType, direction: Direction, name: str) -> Device:
    """Return the device that the name means; for an empty one the system's own."""
    if name:
        return find(name, _devices(sd), direction)
    try:
        return _device(sd.query_devices(kind=direction))
    except (sd.PortAudioError, ValueError) as err:
        raise DeviceError(f"the system has no {CALLED[direction]}") from err


def _form(sd: ModuleType, direction: Direction, device: Device, wanted: Format) -> Format:
    """Return the format to open a device in: the wanted one, or the first it takes at its own rate or a common one."""
    most = device.channels(direction)
    own = Format(rate=device.rate, width=2, channels=min(2, most))
    for rate in dict.fromkeys((wanted.rate, device.rate, *_RATES)):
        for channels in dict.fromkeys((wanted.channels, own.channels, most)):
            form = Format(rate=rate, width=2, channels=channels)
            if _takes(sd, direction, device, form):
                return form
    return own


def _takes(sd: ModuleType, direction: Direction, device: Device, form: Format) -> bool:
    check = sd.check_input_settings if direction == "input" else sd.check_output_settings
    try:
        check(device=device.index, channels=form.channels, dtype="int16", samplerate=form.rate)
    except (sd.PortAudioError, ValueError):
        return False
    return True
