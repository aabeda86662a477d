"""The file of a model: where it lies, and whether it is one."""

from pathlib import Path
from typing import Final

from ..errors import ModelError, SettingsError
from .catalogue import ALL, Model

MODELS: Final = Path("~/.local/share/athena/models")
"""Where models lie that were downloaded, unless the user says otherwise."""

_MAGIC: Final = b"GGUF"
_HEADER: Final = 24
"""Bytes: the magic, the version, how many tensors, how many keys."""


def find(model: str, folder: Path | None) -> Path:
    """Return the file of a model, by its name or its path; raise SettingsError or ModelError where there is none."""
    known = by_name(model)
    if known is not None:
        path = folder_of(folder) / known.file
        if not path.is_file():
            raise SettingsError(f"the model {model} is not on this machine; run: athena-voice download {model}")
        check(path, size=known.size)
        return path
    path = Path(model).expanduser()
    if not path.is_file():
        names = ", ".join(one.name for one in ALL)
        raise SettingsError(f"there is no file {model}, and no model of that name; there is {names}")
    check(path)
    return path.absolute()


def by_name(name: str) -> Model | None:
    """Return a model of the list."""
    return next((one for one in ALL if one.name == name), None)


def folder_of(folder: Path | None) -> Path:
    """Return where downloaded models lie."""
    return (folder or MODELS).expanduser()


def check(path: Path, *, size: int | None = None) -> None:
    """Raise ModelError for a file that is no GGUF, or not whole where its size is known; llama.cpp sees the rest."""
    try:
        there = path.stat().st_size
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except OSError as err:
        raise ModelError(path, f"it cannot be read: {err.strerror or err}") from err
    if not header.startswith(_MAGIC):
        raise ModelError(path, "it is no GGUF file")
    if len(header) < _HEADER or (size is not None and there != size):
        whole = f" of {size}" if size else ""
        raise ModelError(path, f"it is cut short, or another file: it has {there}{whole} bytes")
