"""`athena-voice models` and `athena-voice download`: what there is, and how it gets here. No server downloads."""

import argparse
import hashlib
import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Final, Protocol
from urllib.parse import urlsplit

from ..errors import DownloadError, SettingsError
from .catalogue import ALL, Model
from .download import download, scheme
from .model_file import MODELS, by_name, check, folder_of
from .options import ANSWERS, CONTEXT

_GIGABYTE: Final = 1_000_000_000
_SHA256: Final = re.compile(r"[0-9a-fA-F]{64}")
_SPARE: Final = 500_000_000
"""Bytes that a download leaves free on the disk."""


class Command(Protocol):
    """A command that ends by itself."""

    HELP: str

    def add(self, parser: argparse.ArgumentParser) -> None:
        """Add the options."""

    def run(self, arguments: argparse.Namespace) -> None:
        """Do it; raise VoiceError where it cannot be done. Blocking."""


class _Models:
    """`athena-voice models`."""

    HELP = "list the language models that are known to fit"

    @staticmethod
    def add(parser: argparse.ArgumentParser) -> None:
        """Add the options."""
        _add_folder(parser)

    @staticmethod
    def run(arguments: argparse.Namespace) -> None:
        """Print them."""
        folder = folder_of(arguments.models)
        _say(f"{'name':12} {'file':>7} {'memory':>7}  {'machine':9} here  licence")
        for model in ALL:
            here = "yes" if (folder / model.file).is_file() else "no"
            size, memory = model.size / _GIGABYTE, model.memory(CONTEXT, ANSWERS) / _GIGABYTE
            _say(
                f"{model.name:12} {size:4.1f} GB {memory:4.1f} GB  {model.machine:2} GB     {here:4}  "
                f"{model.licence}; {model.words}"
            )
        _say(f"\nMemory is with athena-voice llm's own context ({CONTEXT} tokens, {ANSWERS} answers at a time).")
        _say(f"Files are in {folder}. To fetch one: athena-voice download NAME")


class _Download:
    """`athena-voice download`."""

    HELP = "fetch a language model, from Hugging Face or any address; goes on where it was cut off"

    @staticmethod
    def add(parser: argparse.ArgumentParser) -> None:
        """Add the options."""
        parser.add_argument("model", metavar="NAME|URL", help="of athena-voice models, or the address of a GGUF file")
        parser.add_argument("--sha256", metavar="HEX", help="what the file of a URL has to be; the file's page has it")
        _add_folder(parser)

    @staticmethod
    def run(arguments: argparse.Namespace) -> None:
        """Fetch it; raise SettingsError, DownloadError or ModelError where that cannot be."""
        model = by_name(arguments.model)
        url, path, sha256, size = _wanted(arguments, model)
        if path.is_file() and _is(path, sha256):
            _say(f"{path} is there already, and whole")
            return
        _look_for_room(path, size)
        _say(f"{url}\n  to {path}")
        download(url, path, sha256=sha256, size=size, progress=_Bar().show)
        check(path, size=size)
        named = arguments.model if model is not None else path
        _say(f"\n{path} is whole. To serve it: athena-voice llm --model {named}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _wanted(arguments: argparse.Namespace, model: Model | None) -> tuple[str, Path, str, int | None]:
    folder = folder_of(arguments.models)
    if model is not None:
        if arguments.sha256 not in (None, model.sha256):
            raise SettingsError(f"{model.name} has a SHA-256 of its own: leave --sha256 out")
        return model.url, folder / model.file, model.sha256, model.size
    url = arguments.model
    if not scheme(url):
        names = ", ".join(one.name for one in ALL)
        raise SettingsError(f"there is no model {url!r}, and it is no address of a file; there is {names}")
    if arguments.sha256 is None or not _SHA256.fullmatch(arguments.sha256):
        raise SettingsError(
            "an address needs --sha256 with 64 hexadecimal digits, so that what comes is what you chose; "
            "on Hugging Face it is on the file's page"
        )
    return url, folder / PurePosixPath(urlsplit(url).path).name, arguments.sha256.lower(), None


def _is(path: Path, sha256: str) -> bool:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == sha256


def _look_for_room(path: Path, size: int | None) -> None:
    if size is None:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    missing = size - (part.stat().st_size if part.is_file() else 0)
    free = shutil.disk_usage(path.parent).free
    if free < missing + _SPARE:
        wanted = (missing + _SPARE) / _GIGABYTE
        raise DownloadError(path, f"its disk has {free / _GIGABYTE:.1f} GB free, and {wanted:.1f} GB are needed")


def _add_folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--models", metavar="FOLDER", type=Path, help=f"where models lie ({MODELS})")


class _Bar:
    """Shows how far it is: a bar on a terminal, a line for each tenth elsewhere."""

    _WIDTH: Final = 40

    def __init__(self) -> None:
        self._shown = -1

    def show(self, there: int, whole: int) -> None:
        """Show it, where it has changed."""
        percent = 100 * there // whole if whole else 0
        steps = percent if sys.stderr.isatty() else percent // 10
        if steps == self._shown:
            return
        self._shown = steps
        words = f"{percent:3} % of {whole / _GIGABYTE:.2f} GB"
        if sys.stderr.isatty():
            filled = self._WIDTH * percent // 100
            sys.stderr.write(f"\r[{'#' * filled}{'.' * (self._WIDTH - filled)}] {words}")
        else:
            sys.stderr.write(f"{words}\n")
        sys.stderr.flush()


COMMANDS: Final[Mapping[str, Command]] = {"models": _Models(), "download": _Download()}
