"""What runs a model in a process of its own. Each speaks `llama-server`'s HTTP; the rest knows no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an engine is to run."""

    model: Path
    context: int
    """Tokens, of each answer."""
    at_once: int
    """Answers at a time, where the engine can have more than one."""
    threads: int | None
    """None: as many as llama.cpp thinks right."""
    llama_server: Path | None
    """Where the user says that it is."""


class LlmEngine(Protocol):
    """Knows how to start the process. Made in a thread with a Wanted: it may look around; raises EngineError."""

    name: str
    """As a person knows it."""
    at_once: int
    """Answers at a time."""

    def command(self, socket: Path) -> Sequence[str]:
        """Return the command that serves the model on a Unix socket."""
