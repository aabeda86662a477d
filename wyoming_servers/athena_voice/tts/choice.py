"""Which engine speaks: the one that is asked for, else the best whose voices are there."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .. import registry
from ..errors import MissingExtraError, SettingsError
from .engine import TtsEngine
from .engines import ALL

_LOGGER = logging.getLogger(__name__)

AUTO: Final = "auto"
VOICES: Final = Path("~/.local/share/athena/voices")
"""Where voices lie that are files, unless the user says otherwise."""

_PLAIN: Final = "espeak"
_NATURAL: Final = "piper"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An engine, imported but not made."""

    name: str
    make: Callable[..., TtsEngine]
    folder: Path
    certain: bool
    """True where the user asked for it: then there is no other."""


def choose(engine: str, *, voices: Path | None, voice: str | None) -> Choice:
    """Return the engine for what the user says; raise EngineError or SettingsError where it cannot be had. Blocking.

    Without a word of the user it is Piper if its folder holds a voice (the one that is asked for), else eSpeak NG.
    """
    folder = (voices or VOICES).expanduser()
    found = {path.stem for path in folder.glob("*.onnx")}
    certain = engine != AUTO or voices is not None
    if certain and engine != _PLAIN and not found:
        raise SettingsError(f"there is no voice of Piper in {folder}: put NAME.onnx and NAME.onnx.json into it")
    if engine == AUTO:
        engine = _NATURAL if certain or (found and voice in {None, *found}) else _PLAIN
    try:
        make = _load(engine)
    except MissingExtraError as err:
        if certain:
            raise
        _LOGGER.warning("there are voices in %s, but %s; eSpeak NG speaks", folder, err)
        return plain(folder)
    if engine == _NATURAL:
        _LOGGER.info("Piper speaks, with the voices in %s", folder)
    elif not certain:
        _LOGGER.info("eSpeak NG speaks; with a voice of Piper in %s, Piper would", folder)
    return Choice(name=engine, make=make, folder=folder, certain=certain)


def plain(folder: Path) -> Choice:
    """Return the engine that needs no voice of its own."""
    return Choice(name=_PLAIN, make=_load(_PLAIN), folder=folder, certain=True)


def _load(engine: str) -> Callable[..., TtsEngine]:
    make: Callable[..., TtsEngine] = registry.load(ALL, engine)
    return make
