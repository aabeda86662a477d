"""Sound devices, and which of them a name in the settings means."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from .errors import DeviceError

type Direction = Literal["input", "output"]

CALLED: Final[dict[Direction, str]] = {"input": "microphone", "output": "speaker"}
"""What people call a device that sound comes from, or goes to."""

_NUMBERED: Final = re.compile(r"\s*\((?:plug)?hw:\d+(?:,\d+)*\)\s*$")
"""What PortAudio puts behind a name of ALSA's; another socket or another start, and the numbers are others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A sound device, as PortAudio tells of it."""

    index: int
    """Its place in PortAudio's present list."""

    name: str
    inputs: int
    """Channels it can hear."""

    outputs: int
    """Channels it can play."""

    rate: int
    """Its own samples a second."""

    def channels(self, direction: Direction) -> int:
        """Return how many channels it has that way."""
        return self.inputs if direction == "input" else self.outputs

    @property
    def lasting_name(self) -> str:
        """Its name without the numbers that change."""
        return _lasting(self.name)


def able(devices: Iterable[Device], direction: Direction) -> list[Device]:
    """Return the devices that hear, or those that play."""
    return [device for device in devices if device.channels(direction) > 0]


def find(name: str, devices: Iterable[Device], direction: Direction) -> Device:
    """Return the one device that is called so, or else whose name holds it; upper and lower case are the same.

    Raises DeviceError, with the names there are, for none and for more than one.
    """
    candidates = able(devices, direction)
    found = _called(name, candidates)
    if len(found) != 1:
        names = ", ".join(repr(device.name) for device in found or candidates) or "none"
        what = f"{name!r} fits more than one of the" if found else f"there is no {name!r} among the"
        raise DeviceError(f"{what} {CALLED[direction]}s: {names}")
    return found[0]


def name_for_settings(device: Device, devices: Iterable[Device], direction: Direction) -> str:
    """Return the name that finds this device again: the lasting one, if no other device has it."""
    return device.lasting_name if _called(device.lasting_name, able(devices, direction)) == [device] else device.name


def _called(name: str, devices: Sequence[Device]) -> list[Device]:
    """Return the devices that fit best: by the whole name, by the lasting one, by a part."""
    lasting = _lasting(name).casefold()
    return (
        [device for device in devices if device.name.casefold() == name.casefold()]
        or [device for device in devices if device.lasting_name.casefold() == lasting]
        or [device for device in devices if lasting in device.name.casefold()]
    )


def _lasting(name: str) -> str:
    return _NUMBERED.sub("", name)
