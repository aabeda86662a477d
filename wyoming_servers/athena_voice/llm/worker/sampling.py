"""Which token comes next."""

import ctypes
import math
from collections.abc import Iterable
from typing import Any, Self

import llama_cpp as native
import numpy as np
from numpy.typing import NDArray

from ...errors import RequestError
from .dialect import Sampling
from .model import Model

_UNSORTED = False


class Sampler:
    """Chooses tokens for one answer, within its grammar where it has one."""

    def __init__(self, model: Model, sampling: Sampling) -> None:
        """Take how to choose; raise RequestError for a grammar that is none."""
        self._grammar: Any = None
        self._chain: Any = None
        if sampling.grammar:
            grammar = sampling.grammar.encode(errors="replace")
            self._grammar = native.llama_sampler_init_grammar(model.vocabulary, grammar, b"root")
            if not self._grammar:
                raise RequestError("the grammar cannot be read: it has to be GBNF, with a rule named root")
        self._chain = native.llama_sampler_chain_init(native.llama_sampler_chain_default_params())
        for one in _chain(sampling):
            native.llama_sampler_chain_add(self._chain, one)
        self._data = (native.llama_token_data * model.words)()
        self._view = np.frombuffer(self._data, dtype=np.dtype([("id", "i4"), ("logit", "f4"), ("p", "f4")]))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for sampler in (self._grammar, self._chain):
            if sampler:
                native.llama_sampler_free(sampler)

    def next(self, logits: NDArray[np.float32]) -> int | None:
        """Return the next token; None where the grammar lets none be said.

        The grammar is asked of the likeliest token alone, and of all of them only if it refuses that: asking for each
        of a hundred thousand takes longer than a small model's thinking.
        """
        token = self._choose(logits, within_grammar=False)
        if self._grammar and (token is None or not self._allowed(token)):
            token = self._choose(logits, within_grammar=True)
        if token is not None:
            native.llama_sampler_accept(self._chain, token)
            if self._grammar:
                native.llama_sampler_accept(self._grammar, token)
        return token

    def _choose(self, logits: NDArray[np.float32], *, within_grammar: bool) -> int | None:
        self._view["id"] = np.arange(len(logits))
        self._view["logit"] = logits
        self._view["p"] = 0.0
        candidates = native.llama_token_data_array(self._data, len(logits), -1, _UNSORTED)
        if within_grammar:
            native.llama_sampler_apply(self._grammar, ctypes.byref(candidates))
        native.llama_sampler_apply(self._chain, ctypes.byref(candidates))
        chosen = candidates.data[candidates.selected]
        return None if math.isinf(chosen.logit) else int(chosen.id)

    def _allowed(self, token: int) -> bool:
        one = (native.llama_token_data * 1)(native.llama_token_data(token, 1.0, 0.0))
        candidates = native.llama_token_data_array(one, 1, -1, _UNSORTED)
        native.llama_sampler_apply(self._grammar, ctypes.byref(candidates))
        return not math.isinf(one[0].logit)


def _chain(sampling: Sampling) -> Iterable[Any]:
    if sampling.temperature <= 0:
        return (native.llama_sampler_init_greedy(),)
    return (
        native.llama_sampler_init_top_k(sampling.top_k),
        native.llama_sampler_init_top_p(sampling.top_p, 1),
        native.llama_sampler_init_min_p(sampling.min_p, 1),
        native.llama_sampler_init_temp(sampling.temperature),
        native.llama_sampler_init_dist(sampling.seed),
    )
