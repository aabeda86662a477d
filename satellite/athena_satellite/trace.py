"""The trace: each step of each turn, as it happens, one JSON object a line."""

import contextlib
import json
import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Self

from .turn.commands import Detail

_LOGGER = logging.getLogger(__name__)


class Trace:
    """Appends steps to a file, each flushed; without a file it does nothing."""

    def __init__(self, file: IO[str] | None = None) -> None:
        self._file = file

    @classmethod
    def open(cls, path: Path | None) -> Self:
        """Open the file, or nothing for None; raise OSError when it cannot be written."""
        return cls() if path is None else cls(path.open("a", encoding="utf-8"))

    def write(self, step: str, turn: str | None, **details: Detail) -> None:
        """Append one step at this moment; a disk that refuses costs the trace, never the turn."""
        if self._file is None:
            return
        at = datetime.now(UTC).isoformat(timespec="microseconds")
        try:
            self._file.write(json.dumps({"at": at, "turn": turn, "step": step, **details}, ensure_ascii=False) + "\n")
            self._file.flush()
        except OSError as err:
            _LOGGER.error("The trace ends here: %s", err)
            self.close()

    def close(self) -> None:
        """Close the file."""
        file, self._file = self._file, None
        if file is not None:
            with contextlib.suppress(OSError):  # what a full disk refused it is offered once more
                file.close()
