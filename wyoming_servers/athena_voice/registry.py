"""Servers and engines by name: `name → "module:Class [extra]"`. What is heavy is imported only when it is chosen."""

from collections.abc import Mapping
from importlib.metadata import EntryPoint
from typing import Any

from .errors import EngineError, MissingExtraError, UnknownEngineError

_PACKAGE = __package__ or ""


def load(registered: Mapping[str, str], name: str) -> Any:
    """Return the registered class; raise EngineError, with what to install, when it cannot be had. Blocking."""
    if name not in registered:
        raise UnknownEngineError(f"unknown engine {name!r}; there is {', '.join(sorted(registered))}")
    reference = EntryPoint(name=name, value=registered[name], group=_PACKAGE)
    try:
        return reference.load()
    except ModuleNotFoundError as err:
        if err.name is None or err.name.partition(".")[0] == _PACKAGE:
            raise
        raise MissingExtraError(err.name, ",".join(reference.extras)) from err
    except (ImportError, OSError) as err:  # a library of another platform, or a broken one
        raise EngineError(f"{name} cannot be loaded: {err}") from err
