"""A satellite of the house: its process, and the folders that are its microphone and its speaker."""

import os
from collections.abc import Sequence
from pathlib import Path

from .ports import Ports, uri
from .processes import UNBUFFERED, Process


class Satellite:
    """One satellite, which hears what is put into one folder and speaks into another."""

    def __init__(
        self,
        name: str,
        *,
        area: str,
        root: Path,
        ports: Ports,
        port: int,
        folder: Path,
        log: Path,
        options: Sequence[str | Path] = (),
    ) -> None:
        self.name = name
        self.port = port
        self.microphone = folder / "microphone"
        self.speaker = folder / "speaker"
        self.trace = folder / "trace.jsonl"
        self._memory = folder / "memory.json"
        command: list[str | Path] = [root / "satellite" / ".venv" / "bin" / "athena-satellite", "run"]
        command += ["--settings", os.devnull, "--uri", uri(port), "--name", name, "--area", area]
        command += ["--wake-uri", uri(ports.wake), "--tts-uri", uri(ports.tts)]
        command += ["--microphone", f"wav:{self.microphone}", "--speaker", f"wav:{self.speaker}"]
        command += ["--trace", self.trace, "--memory", self._memory, *options]
        self.process = Process(log.stem, command, log=log, environment=UNBUFFERED)

    def prepare(self) -> None:
        """Make an empty microphone, an empty speaker and an empty trace, and forget what is remembered."""
        for folder in (self.microphone, self.speaker):
            folder.mkdir(parents=True, exist_ok=True)
            for file in folder.iterdir():
                file.unlink()
        for file in (self.trace, self._memory):
            file.unlink(missing_ok=True)
        self.trace.touch()
