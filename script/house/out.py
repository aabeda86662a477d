"""Where the demo's lines go."""

import json
import os
import sys
from pathlib import Path
from typing import Any, TextIO


class Out:
    """Lines for people, and at the end perhaps one for a program: then that one alone is on stdout."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json

    @property
    def colour(self) -> bool:
        """Return whether somebody reads the lines on a terminal that may be coloured."""
        return (sys.stderr if self._as_json else sys.stdout).isatty() and "NO_COLOR" not in os.environ

    def tell(self, line: str) -> None:
        """Print a line."""
        _print(line, sys.stderr if self._as_json else sys.stdout)

    def complain(self, line: str) -> None:
        """Print what is wrong."""
        _print(f"demo: {line}", sys.stderr)

    def give(self, result: Any) -> None:
        """Print what a program asked for."""
        if self._as_json:
            _print(json.dumps(result), sys.stdout)


def short(path: Path) -> str:
    """Return a path as it is seen from the current folder."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _print(line: str, stream: TextIO) -> None:
    """Print a line; where nobody reads any more, a closed terminal say, the house must still end in order."""
    try:
        print(line, file=stream, flush=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
