"""Athena's own sounds as WAV clips, each in several loudnesses: a satellite may have no volume of its own."""

import io
import math
import sys
import wave
from array import array
from collections.abc import Iterator
from typing import Final

from . import sounds
from .sound import Note, Sound

LEVELS: Final = 6
"""Loudnesses of a sound; 1 is the softest."""

AS_IT_IS: Final = 4
"""The loudness of a sound whose order says nothing of one."""

STEP_DB: Final = 5.0
"""From one loudness to the next."""

RATE: Final = 22_050
"""Samples a second: what Home Assistant sends a Wyoming satellite, so that nothing has to be converted twice."""

_ATTACK: Final = 0.012  # seconds; a stroke without one clicks
_RELEASE: Final = 0.05  # seconds, at the end of the clip
_OVERTONES: Final = ((2.0, 0.7), (3.0, 0.5), (4.2, 0.3))
"""Of a bell: how high above the note, and how loud beside it."""

SOUNDS: Final = {sound.key: sound for sound in sounds.ALL}


def level_of(volume: float | None) -> int:
    """Return the loudness that comes nearest to a volume of 0 to 1; more and less is taken for all and least."""
    if volume is None:
        return AS_IT_IS
    return min(LEVELS, max(1, math.ceil(volume * LEVELS)))


def clip_name(sound: Sound, level: int) -> str:
    """Return the name of a clip, of which there is one for each sound and loudness."""
    return f"{sound.key}-{level}.wav"


def render_clips() -> dict[str, bytes]:
    """Return every clip by its name: 16-bit mono WAV. It takes a good part of a second, so not on an event loop."""
    return {clip_name(sound, level): clip for sound in SOUNDS.values() for level, clip in _clips(sound)}


def _clips(sound: Sound) -> Iterator[tuple[int, bytes]]:
    count = round(sound.seconds * RATE)
    base, edge = array("d", bytes(8 * count)), array("d", bytes(8 * count))
    for note in sound.notes:
        _strike(base, note, 1.0, 1.0)
        for times, loudness in _OVERTONES:
            _strike(edge, note, times, loudness)
    _release(base)
    _release(edge)
    for level in range(1, LEVELS + 1):
        share = sound.edge * (level / LEVELS) ** 2
        mixed = [low + share * high for low, high in zip(base, edge, strict=True)]
        scale = 32_767 * sound.peak * 10 ** (STEP_DB * (level - LEVELS) / 20) / max(map(abs, mixed))
        yield level, _wav(array("h", (round(sample * scale) for sample in mixed)))


def _strike(samples: array[float], note: Note, times: float, loudness: float) -> None:
    """Add one partial of a note: the higher, the sooner it fades."""
    turn, fade = math.tau * note.pitch * times / RATE, math.sqrt(times) / (note.ring * RATE)
    begin, attack = round(note.at * RATE), _ATTACK * RATE
    for at in range(len(samples) - begin):
        samples[begin + at] += loudness * min(1.0, at / attack) * math.exp(-fade * at) * math.sin(turn * at)


def _release(samples: array[float]) -> None:
    length = round(_RELEASE * RATE)
    for at in range(length):
        samples[len(samples) - 1 - at] *= at / length


def _wav(samples: array[int]) -> bytes:
    if sys.byteorder == "big":
        samples.byteswap()
    with io.BytesIO() as file:
        with wave.open(file, "wb") as clip:
            clip.setnchannels(1)
            clip.setsampwidth(2)
            clip.setframerate(RATE)
            clip.writeframes(samples.tobytes())
        return file.getvalue()
