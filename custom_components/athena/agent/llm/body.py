"""What is sent to the server: what all of them know, and more for llama.cpp's."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from .prompt import Message
from .server import Server

MOST_TOKENS: Final = 200
"""Of an answer: ten deeds, or a few sentences."""

SLOT: Final = 0
"""Of llama.cpp's server: always the same, so that it still knows the prompt."""


def body_of(
    server: Server, messages: Sequence[Message], grammar: str, tools: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Return the request for an answer; with a grammar it is one for llama.cpp."""
    body: dict[str, Any] = {
        "messages": [dict(message) for message in messages],
        "stream": True,
        "stream_options": {"include_usage": True},
        "temperature": 0,
        "max_tokens": MOST_TOKENS,
    }
    if server.model:
        body["model"] = server.model
    if grammar:
        return body | _of_llama_cpp() | {"grammar": grammar}
    if tools:
        body["tools"] = list(tools)
    return body


def warming_of(server: Server, messages: Sequence[Message]) -> dict[str, Any]:
    """Return the request that only lets llama.cpp read: what it has read, it need not read again."""
    return body_of(server, messages, "", ()) | _of_llama_cpp() | {"max_tokens": 1}


def _of_llama_cpp() -> dict[str, Any]:
    return {
        "cache_prompt": True,
        "id_slot": SLOT,
        "timings_per_token": True,
        "reasoning_format": "none",
        "chat_template_kwargs": {"enable_thinking": False},
    }
