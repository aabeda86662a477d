"""What the text-to-speech server counts besides what every server does."""

from typing import Final

from ..metrics import Metrics

_FIRST_AUDIO_BUCKETS: Final = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 5.0)
"""Seconds; the upper bounds of what is counted together."""


class TtsMetrics(Metrics):
    """What the text-to-speech server counts."""

    def __init__(self) -> None:
        super().__init__("tts")
        self._first_audio = self._histogram(
            "first_audio_seconds", "From a text to its first sound", _FIRST_AUDIO_BUCKETS
        )
        self._phrases = self._counter("phrases", "Pieces of text that were spoken, by where they came from", "source")

    def first_audio(self, seconds: float) -> None:
        """Count a text, and how long its first sound took."""
        self._first_audio.observe(seconds)

    def spoken(self, *, cached: bool) -> None:
        """Count a piece of text."""
        self._phrases.labels("cache" if cached else "engine").inc()
