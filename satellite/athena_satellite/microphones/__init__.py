"""Microphones. Add a file, add its class here."""

from typing import Final

from athena_satellite.errors import SettingsError

from .device import DeviceMicrophone
from .microphone import Microphone, Stage
from .wav import WavMicrophone

__all__ = ["ALL", "Microphone", "Stage", "create"]

ALL: Final[tuple[type[Microphone], ...]] = (DeviceMicrophone, WavMicrophone)


def create(description: str, stage: Stage) -> Microphone:
    """Return the microphone that `KIND[:ARGUMENT]` describes; raise SettingsError when there is none."""
    kind, _, argument = description.partition(":")
    for microphone in ALL:
        if kind == microphone.KIND:
            return microphone.create(argument, stage)
    raise SettingsError(f"no microphone is a {kind!r}; there is {', '.join(microphone.KIND for microphone in ALL)}")
