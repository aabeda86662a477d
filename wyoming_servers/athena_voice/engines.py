"""Engines are found by name, and imported only when they are chosen: their packages are heavy and need not be there."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from athena_voice.errors import MissingExtraError, UnknownEngineError


def load(registry: Mapping[str, str], name: str, extra: str) -> Any:
    """Return what `registry` names as "module:Class".

    Raises UnknownEngineError for a name that is not registered, MissingExtraError where its packages are not installed.
    """
    if name not in registry:
        raise UnknownEngineError(f"no engine {name!r}; there are {', '.join(sorted(registry))}")
    module, _, attribute = registry[name].partition(":")
    try:
        return getattr(import_module(module), attribute)
    except ModuleNotFoundError as err:
        raise MissingExtraError(err.name or module, extra) from err
