"""`llama-server`, the server of llama.cpp: it uses a graphics card, and answers several at once."""

import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from ... import llm
from ...errors import EngineError
from ..engine import Wanted

PROGRAM: Final = "llama-server"
_HELP_SECONDS: Final = 30.0
_CACHE_MIB: Final = 512
"""Of prompts that no slot holds at the moment; its own default is 8 GiB, which is a whole small machine."""
_NEEDED: Final = frozenset(("--model", "--host", "--ctx-size", "--parallel"))
_REUSE: Final = 64
"""Tokens; a part of a prompt that has moved is used again from this length on."""


class LlamaServerEngine:
    """Starts it with what this version of it has."""

    name = PROGRAM

    def __init__(self, wanted: Wanted) -> None:
        """Find it; raise EngineError where it is not there, or does not run. Blocking."""
        self._wanted = wanted
        self._program = _find(wanted.llama_server)
        self._options = _options(self._program)
        self.at_once = wanted.at_once

    def command(self, socket: Path) -> Sequence[str]:
        """Return its command; the process is tied to this one."""
        tie = Path(llm.__file__).with_name("tied.py")
        return (sys.executable, str(tie), self._program, *self._arguments(socket))

    def _arguments(self, socket: Path) -> Sequence[str]:
        wanted = self._wanted
        return (
            *("--model", str(wanted.model)),
            *("--alias", wanted.model.stem),
            *("--host", str(socket)),
            *("--ctx-size", str(wanted.context * wanted.at_once)),  # it shares it out among its slots
            *("--parallel", str(wanted.at_once)),
            *(() if wanted.threads is None else ("--threads", str(wanted.threads))),
            *self._if_known("--jinja"),
            *(self._if_known("--reasoning", "off") or self._if_known("--reasoning-budget", "0")),
            *self._if_known("--cache-reuse", str(_REUSE)),
            *self._if_known("--cache-ram", str(_CACHE_MIB)),
            *self._if_known("--swa-full"),  # else what slid out of a window cannot be used again
            *self._if_known("--slots"),
            *self._if_known("--metrics"),
            *self._if_known("--offline"),
            *(self._if_known("--no-ui") or self._if_known("--no-webui")),
        )

    def _if_known(self, option: str, *value: str) -> Sequence[str]:
        return (option, *value) if option in self._options else ()


def _find(given: Path | None) -> str:
    if given is None:
        found = shutil.which(PROGRAM)
        if found is None:
            raise EngineError(f"{PROGRAM} is not installed, or not in the PATH: say where with --llama-server FILE")
        return found
    if shutil.which(given) is None:
        raise EngineError(f"{given} is no program that can be run")
    return str(given.absolute())


def _options(program: str) -> frozenset[str]:
    try:
        told = subprocess.run(  # noqa: S603 (the user chose it)
            [program, "--help"], capture_output=True, text=True, errors="replace", timeout=_HELP_SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError) as err:
        raise EngineError(f"{program} does not run: {err}") from err
    options = frozenset(re.findall(r"(?<![\w-])--[a-z][\w-]*", told.stdout + told.stderr))
    if not options >= _NEEDED:
        raise EngineError(f"{program} is no llama-server: it has no {min(_NEEDED - options)}")
    return options
