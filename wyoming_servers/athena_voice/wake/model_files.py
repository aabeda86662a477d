"""Model files by name. One that is broken is told and left out; the others are used."""

import logging
from collections.abc import Callable, Iterable
from pathlib import Path

from ..errors import EngineError, ModelError, SettingsError

_LOGGER = logging.getLogger(__name__)


def load[T](paths: Iterable[Path], make: Callable[[Path], T]) -> dict[str, T]:
    """Return what `make` makes of each file, by the file's name; raise EngineError when it can of none."""
    models = {}
    for path in paths:
        try:
            models[path.stem] = make(path)
        except ModelError as err:
            _LOGGER.error("%s; it is left out", err)
    if not models:
        raise EngineError("there is no model of a wake word that can be used")
    return models


def own(folder: Path | None, suffix: str) -> list[Path]:
    """Return the model files of a folder of one's own; raise SettingsError when there are none."""
    if folder is None:
        return []
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == suffix)
    except OSError as err:
        raise SettingsError(f"the folder of models {folder} cannot be read: {err.strerror or err}") from err
    if not paths:
        raise SettingsError(f"the folder of models {folder} has no {suffix} file")
    return paths
