"""Silence cut off around a piece of speech, so that the pauses are those of this server and not of a voice."""

from array import array
from collections.abc import Callable
from typing import Final

_LOUD: Final = 100
"""Of 32,768: −50 dB; below it lies the noise floor of a Piper voice, whose pieces begin with up to 0.35 s of it."""


class Trimmed:
    """A sink that passes on what lies between the first loud sample and the last, as it comes; 16-bit mono.

    `margin` bytes of silence stay on either side, so that no consonant is clipped.
    """

    def __init__(self, sink: Callable[[bytes], bool], *, margin: int) -> None:
        self._sink = sink
        self._margin = margin
        self._begun = False
        self._held = b""
        """Silence that is passed on only if speech follows."""

    def __call__(self, sound: bytes) -> bool:
        """Pass on what is known to be speech; False when nobody listens any more."""
        samples = array("h", sound)
        first = next((at for at, sample in enumerate(samples) if abs(sample) > _LOUD), None)
        if first is None:
            self._hold(sound)
            return self._sink(b"")
        last = next(at for at in range(len(samples) - 1, -1, -1) if abs(samples[at]) > _LOUD)
        data = self._held + sound
        end = len(data) - len(sound) + 2 * (last + 1)
        start = 0 if self._begun else max(0, len(data) - len(sound) + 2 * first - self._margin)
        self._begun, self._held = True, data[end:]
        return self._sink(data[start:end])

    def finish(self) -> None:
        """Pass on the margin; the piece is over."""
        if self._begun and self._held:
            self._sink(self._held[: self._margin])

    def _hold(self, sound: bytes) -> None:
        self._held += sound
        if not self._begun:
            self._held = self._held[-self._margin :] if self._margin else b""
