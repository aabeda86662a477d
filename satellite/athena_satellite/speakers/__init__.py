"""Speakers. Add a file, add its class here."""

from typing import Final

from athena_satellite.errors import SettingsError

from .device import DeviceSpeaker
from .speaker import Speaker
from .wav import WavSpeaker

__all__ = ["ALL", "Speaker", "create"]

ALL: Final[tuple[type[Speaker], ...]] = (DeviceSpeaker, WavSpeaker)


def create(description: str) -> Speaker:
    """Return the speaker that `KIND[:ARGUMENT]` describes; raise SettingsError when there is none."""
    kind, _, argument = description.partition(":")
    for speaker in ALL:
        if kind == speaker.KIND:
            return speaker.create(argument)
    raise SettingsError(f"no speaker is a {kind!r}; there is {', '.join(speaker.KIND for speaker in ALL)}")
