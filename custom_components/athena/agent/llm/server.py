"""Which server, and what it can do beyond what all of them can."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from homeassistant.exceptions import HomeAssistantError

DEFAULT_URL: Final = "http://127.0.0.1:10800/v1"

CONF_URL: Final = "url"
CONF_MODEL: Final = "model"
CONF_API_KEY: Final = "api_key"
CONF_HISTORY: Final = "history"
CONF_EXTRA: Final = "extra"

HISTORY: Final = 4
"""Turns that the model is reminded of, where the user says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server as the user has named it."""

    url: str = DEFAULT_URL
    """Up to and with "/v1"."""
    model: str = ""
    """None named: the first that it has."""
    api_key: str = ""
    history: int = HISTORY
    extra: str = ""
    """What the user wants the model to know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What a server says of itself."""

    models: tuple[str, ...]
    is_llama_cpp: bool
    """Whether it takes a grammar, a slot and the rest that only llama.cpp's server knows."""


class ServerError(HomeAssistantError):
    """The server gave no answer that can be used. Its text is for the log: no word of what was said is in it."""

    key = "not_openai"
    """Names the sentence that tells the user who sets it up."""


class OfflineError(ServerError):
    """Nobody answers there."""

    key = "cannot_connect"


class SlowError(ServerError):
    """It does not answer in time."""

    key = "too_slow"


class KeyRefusedError(ServerError):
    """The key is wrong, or there is none."""

    key = "wrong_key"


class NoSuchModelError(ServerError):
    """It has no model of that name."""

    key = "wrong_model"


def server_of(data: Mapping[str, Any]) -> Server:
    """Return the server that the user has set up."""
    return Server(
        url=url_of(str(data.get(CONF_URL) or DEFAULT_URL)),
        model=str(data.get(CONF_MODEL) or ""),
        api_key=str(data.get(CONF_API_KEY) or ""),
        history=int(data.get(CONF_HISTORY, HISTORY)),
        extra=str(data.get(CONF_EXTRA) or ""),
    )


def url_of(said: str) -> str:
    """Return an address as it is asked: with its scheme, up to and with "/v1"."""
    said = said.strip().rstrip("/").removesuffix("/chat/completions").rstrip("/")
    said = said if "://" in said else f"http://{said}"
    return said if said.endswith("/v1") else f"{said}/v1"
