"""llama.cpp by its Python package, where there is no `llama-server`: one answer at a time, in a process of its own."""

import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path

from ...errors import MissingExtraError
from ..engine import Wanted


class LlamaCppPythonEngine:
    """Starts `athena_voice.llm.worker`. The package is never loaded into this process: its faults end one."""

    name = "llama-cpp-python"
    at_once = 1

    def __init__(self, wanted: Wanted) -> None:
        """Look whether it is there; raise MissingExtraError where it is not."""
        self._wanted = wanted
        if importlib.util.find_spec("llama_cpp") is None:
            raise MissingExtraError("llama_cpp", "llm")

    def command(self, socket: Path) -> Sequence[str]:
        """Return the worker's command."""
        wanted = self._wanted
        return (
            *(sys.executable, "-P", "-m", "athena_voice.llm.worker"),
            *("--model", str(wanted.model), "--socket", str(socket), "--context", str(wanted.context)),
            *(() if wanted.threads is None else ("--threads", str(wanted.threads))),
        )
