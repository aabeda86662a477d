"""Telling the real `script/replay` what happened, and reading what it prints."""

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from tests.architecture.repository import ROOT

type Json = dict[str, Any]

NIGHT: Final = datetime(2026, 1, 5, 22, 0, tzinfo=UTC)
MORNING: Final = datetime(2026, 1, 6, 7, 0, tzinfo=UTC)
SECOND: Final = timedelta(seconds=1)
MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Replayed:
    """What the script printed."""

    commands: list[Json]
    errors: list[str]
    status: int

    def of(self, kind: str, **fields: object) -> list[Json]:
        """Return the commands of a type that have these fields."""
        return [one for one in self.commands if one["type"] == kind and fields.items() <= one.items()]

    def moments(self, kind: str, **fields: object) -> list[datetime]:
        return [datetime.fromisoformat(one["at"]) for one in self.of(kind, **fields)]

    def said(self) -> list[str]:
        return [one["text"] for one in self.of("audio.say")]

    def states(self) -> list[str]:
        return [one["state"] for one in self.of("room.set_state")]

    def scenes(self) -> list[str]:
        return [one["scene"] for one in self.of("lights.set_scene")]


def replay(folder: Path, lines: Sequence[Json | str], *options: str, room: str | None = None) -> Replayed:
    events = folder / "events.jsonl"
    events.write_text("".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines))
    if room is not None:
        (folder / "room.yaml").write_text(room)
        options = ("--room", str(folder / "room.yaml"), *options)
    return run(str(events), *options)


def run(*arguments: str, stdin: str = "") -> Replayed:
    done = subprocess.run(
        [ROOT / "script/replay", *arguments], input=stdin, capture_output=True, text=True, check=False, timeout=120
    )
    return Replayed([json.loads(line) for line in done.stdout.splitlines()], done.stderr.splitlines(), done.returncode)


def event(kind: str, at: datetime, source: str, **fields: object) -> Json:
    return {"type": kind, "room": "bedroom", "at": at.isoformat(), "source": source, **fields}


def motion(at: datetime, source: str = "pir", **fields: object) -> Json:
    return event("presence.motion_detected", at, source, **fields)


def posture(at: datetime, posture: str, zone: str, source: str = "camera") -> Json:
    return event("vision.posture_update", at, source, posture=posture, zone=zone)


def lies(start: datetime, until: datetime, every: timedelta = MINUTE) -> list[Json]:
    """Return what a camera tells of somebody who lies still in bed, up to and with `until`."""
    count = (until - start) // every
    return [posture(start + number * every, "lying", "bed") for number in range(count + 1)]


def said(at: datetime, text: str) -> Json:
    return event("voice.command", at, "satellite", text=text)
