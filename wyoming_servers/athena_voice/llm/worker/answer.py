"""One answer: the prompt is evaluated, tokens follow, text comes out as it can be shown. Blocking."""

import codecs
import time
from collections.abc import Iterator
from typing import Final

from ...errors import TooLongError
from .dialect import Request, Timings
from .model import Model
from .prefix import Prefix
from .sampling import Sampler

_MILLISECONDS: Final = 1000.0


class Answer:
    """What a model says to a request. `text()` is run through once; the rest is known after it."""

    def __init__(self, model: Model, prefix: Prefix, request: Request) -> None:
        self._model = model
        self._prefix = prefix
        self._request = request
        self.timings: Final = Timings()
        self.finish_reason = "length"
        self.stopped_by: str | None = None

    def text(self) -> Iterator[str]:
        """Yield the text of each token, less what may be the beginning of a stop word; raise RequestError."""
        request = self._request
        tokens = self._model.tokens(self._model.render(request.messages, request.template))
        room = self._model.context - len(tokens)
        if room < 1:
            raise TooLongError(len(tokens), self._model.context)
        with Sampler(self._model, request.sampling) as sampler:
            begun = time.perf_counter()
            self.timings.cache_n = self._prefix.evaluate(tokens, reuse=request.cache_prompt)
            self.timings.prompt_n = len(tokens) - self.timings.cache_n
            self.timings.prompt_ms = _MILLISECONDS * (time.perf_counter() - begun)
            most = room if request.most_tokens is None else min(request.most_tokens, room)
            yield from self._stopped(self._decoded(self._pieces(sampler, most)))

    def _pieces(self, sampler: Sampler, most: int) -> Iterator[bytes]:
        begun = time.perf_counter()
        for number in range(most):
            token = sampler.next(self._model.logits)
            if token is None or self._model.ends(token):
                self.finish_reason = "stop"
                return
            self.timings.predicted_n += 1
            self.timings.predicted_ms = _MILLISECONDS * (time.perf_counter() - begun)
            yield self._model.piece(token)
            if number + 1 < most:
                self._prefix.add([token])

    @staticmethod
    def _decoded(pieces: Iterator[bytes]) -> Iterator[str]:
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        for piece in pieces:
            yield decoder.decode(piece)
        yield decoder.decode(b"", final=True)

    def _stopped(self, texts: Iterator[str]) -> Iterator[str]:
        held = ""
        for text in texts:
            held += text
            ends = [(at, stop) for stop in self._request.stop if (at := held.find(stop)) >= 0]
            if ends:
                at, self.stopped_by = min(ends)
                self.finish_reason = "stop"
                yield held[:at]
                return
            shown = len(held) - max((_begun(held, stop) for stop in self._request.stop), default=0)
            yield held[:shown]
            held = held[shown:]
        yield held


def _begun(text: str, stop: str) -> int:
    """Return how many letters at the end of a text may be the beginning of a stop word."""
    return next((count for count in range(min(len(stop) - 1, len(text)), 0, -1) if text.endswith(stop[:count])), 0)
