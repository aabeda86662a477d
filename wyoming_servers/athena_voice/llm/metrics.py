"""What the language model's server counts besides what every server does."""

import re
from typing import Final

from ..metrics import Metrics

_FIRST_BUCKETS: Final = (0.02, 0.05, 0.1, 0.15, 0.25, 0.4, 0.6, 1.0, 1.5, 2.5, 4.0, 8.0)
_WHOLE_BUCKETS: Final = (0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0)
"""Seconds; the upper bounds of what is counted together."""

_TIMING: Final = re.compile(rb'"(cache_n|prompt_n|predicted_n)"\s*:\s*(\d+)')


class LlmMetrics(Metrics):
    """What the language model's server counts."""

    def __init__(self) -> None:
        super().__init__("llm")
        self.waiting = self._gauge("waiting_requests", "Requests that wait for the model")
        self.up = self._gauge("model_up", "1 while the model is loaded and serves")
        self.starts = self._gauge("model_starts", "Times that the model's process was started")
        self._answers = self._counter("answers", "Requests to the model, by how they ended", "outcome")
        self._first = self._histogram("first_token_seconds", "Seconds to the first of an answer", _FIRST_BUCKETS)
        self._whole = self._histogram("answer_seconds", "Seconds to the end of an answer", _WHOLE_BUCKETS)
        self._tokens = self._counter("tokens", "Tokens: evaluated, cached (not evaluated again), predicted", "kind")

    def answered(self, outcome: str) -> None:
        """Count a request to the model: ok, refused, cancelled, broken."""
        self._answers.labels(outcome).inc()

    def first(self, seconds: float) -> None:
        """Count how long the first of an answer took."""
        self._first.observe(seconds)

    def whole(self, seconds: float, end: bytes) -> None:
        """Count a whole answer; `end` is the end of it, where llama.cpp tells its tokens."""
        self._whole.observe(seconds)
        told = {name: int(number) for name, number in _TIMING.findall(end)}  # the last of each holds
        for name, kind in ((b"cache_n", "cached"), (b"prompt_n", "evaluated"), (b"predicted_n", "predicted")):
            self._tokens.labels(kind).inc(told.get(name, 0))
