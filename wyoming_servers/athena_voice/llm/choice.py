"""Which engine runs the model: the one that is asked for, else the best that is installed."""

import logging
from typing import Final

from .. import registry
from ..errors import EngineError, MissingExtraError
from .engine import LlmEngine, Wanted
from .engines import ALL

_LOGGER = logging.getLogger(__name__)

AUTO: Final = "auto"


def choose(engine: str, wanted: Wanted) -> LlmEngine:
    """Return the engine; raise EngineError where it cannot be had, with what to install. Blocking."""
    if engine != AUTO:
        return _load(engine, wanted)
    if wanted.llama_server is not None:
        return _load("llama-server", wanted)
    reasons = []
    for name in ALL:
        try:
            chosen = _load(name, wanted)
        except EngineError as err:
            reasons.append(str(err))
            if not isinstance(err, MissingExtraError):
                _LOGGER.info("%s", err)
            continue
        _LOGGER.info("%s runs the model", chosen.name)
        return chosen
    raise EngineError(f"there is nothing that runs a model: {'; '.join(reasons)}")


def _load(name: str, wanted: Wanted) -> LlmEngine:
    engine: LlmEngine = registry.load(ALL, name)(wanted)
    return engine
