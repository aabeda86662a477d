"""`llama-server`'s JSON: what may be asked, and how it is answered."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from ...errors import RequestError

MOST_MESSAGES: Final = 1000
_ANY_SEED: Final = 0xFFFFFFFF
"""llama.cpp's word for: draw one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """How the next token is chosen."""

    temperature: float
    top_k: int
    top_p: float
    min_p: float
    seed: int
    grammar: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A conversation that wants an answer."""

    messages: Sequence[Mapping[str, Any]]
    sampling: Sampling
    most_tokens: int | None
    """None: until the model ends, or its context does."""
    stop: Sequence[str]
    stream: bool
    usage: bool
    timings_per_token: bool
    cache_prompt: bool
    template: Mapping[str, Any] = field(default_factory=dict)
    """What the chat template is told besides the messages."""


@dataclass(slots=True, kw_only=True)
class Timings:
    """What an answer took; the numbers are tokens and milliseconds."""

    cache_n: int = 0
    prompt_n: int = 0
    prompt_ms: float = 0.0
    predicted_n: int = 0
    predicted_ms: float = 0.0

    def told(self) -> dict[str, float]:
        """Return them as `llama-server` does."""
        return {
            "cache_n": self.cache_n,
            "prompt_n": self.prompt_n,
            "prompt_ms": self.prompt_ms,
            "prompt_per_token_ms": _each(self.prompt_ms, self.prompt_n),
            "prompt_per_second": 1000 * _each(self.prompt_n, self.prompt_ms),
            "predicted_n": self.predicted_n,
            "predicted_ms": self.predicted_ms,
            "predicted_per_token_ms": _each(self.predicted_ms, self.predicted_n),
            "predicted_per_second": 1000 * _each(self.predicted_n, self.predicted_ms),
        }

    def usage(self) -> dict[str, Any]:
        """Return what OpenAI's clients are told."""
        prompt = self.cache_n + self.prompt_n
        return {
            "completion_tokens": self.predicted_n,
            "prompt_tokens": prompt,
            "total_tokens": prompt + self.predicted_n,
            "prompt_tokens_details": {"cached_tokens": self.cache_n},
        }


def _each(what: float, count: float) -> float:
    return what / count if count else 0.0


def request(body: bytes) -> Request:
    """Read a request; raise RequestError for what is none, or for what this server has not."""
    try:
        told = json.loads(body)
    except ValueError as err:
        raise RequestError(f"the request is not JSON: {err}") from err
    if not isinstance(told, dict):
        raise RequestError("the request has to be a JSON object")
    for name in ("tools", "functions"):
        if told.get(name):
            raise RequestError(f"{name!r} need llama-server: llama-cpp-python cannot read a model's tool calls")
    form = told.get("response_format")
    if form not in (None, {"type": "text"}) or told.get("json_schema"):
        raise RequestError("a response format needs llama-server: here a 'grammar' says what may be answered")
    limits = [_number(told, name, 0, -1, whole=True) for name in ("n_predict", "max_completion_tokens", "max_tokens")]
    most = next((limit for name, limit in zip(_LIMITS, limits, strict=True) if told.get(name) is not None), -1)
    return Request(
        messages=_messages(told),
        sampling=Sampling(
            temperature=_number(told, "temperature", 0.0, 0.0),
            top_k=int(_number(told, "top_k", 40, -1, whole=True)),
            top_p=_number(told, "top_p", 0.95, 0.0),
            min_p=_number(told, "min_p", 0.05, 0.0),
            seed=int(_number(told, "seed", _ANY_SEED, -1, whole=True)) & _ANY_SEED,
            grammar=_of(told, "grammar", str),
        ),
        most_tokens=None if most < 0 else int(most),
        stop=_stop(told.get("stop")),
        stream=bool(_of(told, "stream", bool)),
        usage=bool((_of(told, "stream_options", dict) or {}).get("include_usage")),
        timings_per_token=bool(_of(told, "timings_per_token", bool)),
        cache_prompt=_of(told, "cache_prompt", bool) is not False,
        template=_of(told, "chat_template_kwargs", dict) or {},
    )


_LIMITS: Final = ("n_predict", "max_completion_tokens", "max_tokens")


def _messages(told: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    messages = told.get("messages")
    if not isinstance(messages, list) or not 0 < len(messages) <= MOST_MESSAGES:
        raise RequestError(f"'messages' has to be a list of 1 to {MOST_MESSAGES} messages")
    for message in messages:
        good = isinstance(message, dict) and isinstance(message.get("role"), str)
        if not good or not isinstance(message.get("content"), str):
            raise RequestError("a message has to have a 'role' and a 'content', both texts")
    return messages


def _stop(told: Any) -> Sequence[str]:
    stop = [told] if isinstance(told, str) else told or []
    if not isinstance(stop, list) or not all(isinstance(text, str) and text for text in stop):
        raise RequestError("'stop' has to be a text, or a list of texts")
    return stop


def _of[Kind](told: Mapping[str, Any], name: str, kind: type[Kind]) -> Kind | None:
    value = told.get(name)
    if value is not None and not isinstance(value, kind):
        raise RequestError(f"{name!r} has to be a {kind.__name__}")
    return value


def _number(told: Mapping[str, Any], name: str, default: float, least: float, *, whole: bool = False) -> float:
    value = told.get(name)
    if value is None:
        return default
    right = isinstance(value, int) or (isinstance(value, float) and not whole and math.isfinite(value))
    if not right or isinstance(value, bool) or value < least:
        raise RequestError(f"{name!r} has to be a {'whole ' if whole else ''}number from {least} on")
    number: float = value
    return number


def error(message: str, *, code: int, kind: str) -> dict[str, Any]:
    """Return an error as `llama-server` tells it."""
    return {"error": {"code": code, "message": message, "type": kind}}
