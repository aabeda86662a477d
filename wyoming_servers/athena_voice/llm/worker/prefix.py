"""What of a prompt need not be evaluated again: the part that it shares with the one before."""

from dataclasses import dataclass
from typing import Final

from .model import Model, Tokens

_MOST_COPIES: Final = 2
_WORTH_A_COPY: Final = 32
"""Tokens; a shorter beginning is evaluated as fast as it is copied."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Copy:
    tokens: Tokens
    state: bytes


class Prefix:
    """Knows which tokens are in a model's memory, and uses them again.

    Most models' memory can be cut after the part that two prompts share. That of a recurrent or hybrid model (Mamba,
    Qwen3.5) cannot; there the shared part is copied the first time it shows, and put back for each later prompt.
    """

    def __init__(self, memory: Model) -> None:
        self._memory = memory
        self._tokens: Tokens = []
        self._copies: list[_Copy] = []

    def evaluate(self, prompt: Tokens, *, reuse: bool = True) -> int:
        """Evaluate a prompt; return how many of its tokens had been evaluated before."""
        shared = min(_shared(self._tokens, prompt), len(prompt) - 1) if reuse else 0  # the last one gives the logits
        kept = self._go_back(prompt, shared)
        if kept < shared and shared >= _WORTH_A_COPY:
            self.add(prompt[kept:shared])
            self._copies = [
                *self._copies[-_MOST_COPIES + 1 :],
                _Copy(tokens=prompt[:shared], state=self._memory.save()),
            ]
        self.add(prompt[len(self._tokens) :])
        return kept

    def add(self, tokens: Tokens) -> None:
        """Evaluate tokens after those that are remembered."""
        try:
            self._memory.evaluate(tokens)
        except BaseException:
            self._tokens = [*self._tokens, *tokens][: self._memory.remembered]
            raise
        self._tokens += tokens

    def _go_back(self, prompt: Tokens, shared: int) -> int:
        """Leave no more in the memory than this prompt begins with; return how much that is."""
        if shared == len(self._tokens) or self._memory.forget_after(shared):
            self._tokens = prompt[:shared]
            return shared
        known = [copy for copy in self._copies if shared and prompt[: len(copy.tokens)] == copy.tokens != prompt]
        longest = max(known, key=lambda copy: len(copy.tokens), default=None)
        if longest is not None and self._memory.restore(longest.state):
            self._tokens = list(longest.tokens)
        else:
            self._memory.forget()
            self._tokens = []
        return len(self._tokens)


def _shared(one: Tokens, other: Tokens) -> int:
    for count, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return count
    return min(len(one), len(other))
