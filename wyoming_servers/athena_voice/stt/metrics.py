"""What the speech-to-text server counts besides what every server does."""

from typing import Final

from ..metrics import Metrics

_DECODE_BUCKETS: Final = (0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 30.0)
"""Seconds; the upper bounds of what is counted together."""


class SttMetrics(Metrics):
    """What the speech-to-text server counts."""

    def __init__(self) -> None:
        super().__init__("stt")
        self.sentences = self._gauge("sentences", "Sentences of the home that can be recognised")
        self._decode = self._histogram("decode_seconds", "From an utterance's end to its text", _DECODE_BUCKETS)
        self._utterances = self._counter("utterances", "Utterances, by what became of them", "result")

    def decoded(self, seconds: float, *, accepted: bool) -> None:
        """Count an utterance; `accepted`: it had a text."""
        self._decode.observe(seconds)
        self._utterances.labels("accepted" if accepted else "rejected").inc()
