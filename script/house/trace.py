"""What the satellite tells of its turns: its trace file, read as it grows."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of the trace."""

    at: datetime
    """Aware UTC."""

    turn: str | None
    name: str
    details: dict[str, Any]


class Trace:
    """All steps since the satellite's first start."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read_bytes = 0
        self._steps: list[Step] = []

    @property
    def steps(self) -> list[Step]:
        """Return every step so far, oldest first."""
        with self._path.open("rb") as file:
            file.seek(self._read_bytes)
            while (line := file.readline()).endswith(b"\n"):
                self._read_bytes += len(line)
                self._steps.append(_step(line))
        return self._steps

    def since(self, at: datetime) -> list[Step]:
        """Return the steps from `at` on."""
        return [step for step in self.steps if step.at >= at]


def _step(line: bytes) -> Step:
    details: dict[str, Any] = json.loads(line)
    return Step(
        at=datetime.fromisoformat(details.pop("at")),
        turn=details.pop("turn"),
        name=details.pop("step"),
        details=details,
    )
