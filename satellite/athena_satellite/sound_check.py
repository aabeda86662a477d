"""What the command `devices` shows: the sound devices, a microphone's level, a speaker's tone."""

from queue import Empty, SimpleQueue
from typing import IO, Final

import numpy as np

from . import portaudio
from .audio import HEARD, Converter, Format, pcm16
from .devices import CALLED, Device, Direction, able, name_for_settings
from .errors import DeviceError

_SECONDS: Final = 3.0
_BLOCK_SECONDS: Final = 0.1
_PATIENCE_SECONDS: Final = 6.0
_BAR: Final = 50
"""Columns of the level meter: one for each decibel below the loudest that a microphone can give."""

_TONE: Final = Format(rate=22_050, width=2, channels=1)
_TONE_HERTZ: Final = 440.0
_TONE_LEVEL: Final = 0.2


def show_devices(out: IO[str]) -> None:
    """List the microphones and the speakers, each with what to write in the settings."""
    devices, own = portaudio.devices()
    for direction, what in CALLED.items():
        out.write(f"{what}s\n")
        fitting = able(devices, direction)
        for device in fitting:
            out.write(_line(device, fitting, direction, what, own=device == own[direction]))
        if not fitting:
            out.write("    none: nothing is plugged in, or this user may not use it (on Linux: the group `audio`)\n")
        elif own[direction] is None:
            out.write(f'    none of them is the system\'s own: {what} = "device" finds nothing\n')
    if any(own.values()):
        out.write('* is the system\'s own: "device" without a name\n')


def microphone(name: str, out: IO[str]) -> None:
    """Show for 3 s how loud a microphone hears; raise DeviceError when it gives nothing."""
    heard: SimpleQueue[bytes] = SimpleQueue()
    stream, form = portaudio.open_input(
        _bare(name), lambda data, *_: heard.put(bytes(data)), lambda: None, block_seconds=_BLOCK_SECONDS
    )
    converter = Converter(form, HEARD)
    loudest = 0
    try:
        for _ in range(int(_SECONDS / _BLOCK_SECONDS)):
            samples = np.frombuffer(converter.convert(heard.get(timeout=_PATIENCE_SECONDS)), "<i2")
            peak = int(np.abs(samples.astype(np.int32)).max(initial=0))
            loudest = max(loudest, peak)
            out.write(f"{_decibels(peak):4.0f} dB {'#' * max(0, _BAR + round(_decibels(peak)))}\n")
            out.flush()
    except Empty as err:
        raise DeviceError(f"no sound came from it for {_PATIENCE_SECONDS:.0f} s") from err
    finally:
        portaudio.close(stream, at_once=True)
    if not loudest:
        out.write("It gives only silence: is it muted?\n")


def speaker(name: str, out: IO[str]) -> None:
    """Play a tone of 1 s; raise DeviceError when the speaker is gone."""
    at = np.arange(_TONE.rate) / _TONE.rate
    tone = pcm16((_TONE_LEVEL * np.sin(2 * np.pi * _TONE_HERTZ * at)).astype(np.float32))
    stream, form = portaudio.open_output(_bare(name), _TONE)
    try:
        portaudio.write(stream, Converter(_TONE, form).convert(tone, last=True))
    finally:
        portaudio.close(stream)
    out.write("A tone of 1 s was played\n")


def _line(device: Device, devices: list[Device], direction: Direction, what: str, *, own: bool) -> str:
    channels = device.channels(direction)
    count = f"{channels} channel{'' if channels == 1 else 's'}"
    setting = f"device:{name_for_settings(device, devices, direction)}".replace("\\", "\\\\").replace('"', '\\"')
    return f'  {"*" if own else " "} {device.name}: {count}, {device.rate} Hz\n        {what} = "{setting}"\n'


def _bare(name: str) -> str:
    return name.removeprefix("device:")


def _decibels(peak: int) -> float:
    return 20 * float(np.log10(max(peak, 1) / 32_768))
