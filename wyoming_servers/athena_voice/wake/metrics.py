"""What the wake word server counts besides what every server does."""

from typing import Final

from ..metrics import Metrics

_INFERENCE_BUCKETS: Final = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0)
"""Seconds; the upper bounds of what is counted together."""


class WakeMetrics(Metrics):
    """What the wake word server counts."""

    def __init__(self) -> None:
        super().__init__("wake")
        self.streams = self._gauge("streams", "Streams that are listened to")
        self._detections = self._counter("detections", "Wake words that were said", "word")
        self._near_misses = self._counter("near_misses", "Scores that came close to a threshold, and sank", "word")
        self._audio = self._counter("audio_seconds", "Audio that was listened to")
        self._dropped = self._counter("audio_dropped_seconds", "Audio that had waited too long to be listened to")
        self._inference = self._histogram(
            "inference_seconds_per_audio_second", "Seconds that a second of audio takes", _INFERENCE_BUCKETS
        )

    def scored(self, seconds: float, *, audio_seconds: float) -> None:
        """Count audio that was listened to, and how long that took."""
        self._audio.inc(audio_seconds)
        if audio_seconds > 0:
            self._inference.observe(seconds / audio_seconds)

    def dropped(self, audio_seconds: float) -> None:
        """Count audio that was left out."""
        self._dropped.inc(audio_seconds)

    def detected(self, word: str) -> None:
        """Count a wake word, by the name of its model."""
        self._detections.labels(word).inc()

    def nearly_detected(self, word: str) -> None:
        """Count a near miss, by the name of the model."""
        self._near_misses.labels(word).inc()
