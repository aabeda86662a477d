"""What survives a restart: the timers that run, and whether the microphone is off."""

import asyncio
import contextlib
import json
import logging
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from .turn import events
from .turn.timers import Timer

_LOGGER = logging.getLogger(__name__)

_LATE_SECONDS: Final = 15 * 60.0
"""A timer that was over so long ago, while nothing ran here, is not rung for any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What a file told."""

    muted: bool = False
    facts: tuple[events.TimerStarted | events.TimerUpdated, ...] = ()
    """How the timers stand now."""


class Memory:
    """Keeps a file up to date; without a path it does nothing."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._muted = False
        self._timers: dict[int, tuple[Timer, float]] = {}  # by number, with the moment each was first kept
        self._changed = asyncio.Event()

    def recall(self) -> Remembered:
        """Read the file; one that is none is told of and taken for empty."""
        if self._path is None:
            return Remembered()
        try:
            data = json.loads(self._path.read_text(encoding="utf-8"))
            facts = tuple(fact for entry in data["timers"] for fact in _facts(entry, time.time()))
            self._muted = bool(data["muted"])
        except FileNotFoundError:
            return Remembered()
        except (OSError, ValueError, TypeError, KeyError) as err:
            _LOGGER.warning("%s is not what this satellite wrote, timers may be lost: %r", self._path, err)
            return Remembered()
        return Remembered(muted=self._muted, facts=facts)

    def keep_timers(self, timers: Iterable[Timer]) -> None:
        """Remember these timers, as of now where they are new, and no others."""
        now = time.time()
        self._timers = {timer.number: self._timers.get(timer.number, (timer, now)) for timer in timers}
        self._changed.set()

    def keep_mute(self, *, muted: bool) -> None:
        """Remember whether the microphone is off."""
        self._muted = muted
        self._changed.set()

    async def run(self, up: Callable[[], None]) -> None:
        """Write each change; raise OSError where the disk refuses, to be tried again."""
        while True:
            await self._changed.wait()
            self._changed.clear()  # what changes while it is written is written next
            if self._path is not None:
                try:
                    await asyncio.to_thread(_write, self._path, self._as_text())
                except OSError:
                    self._changed.set()
                    raise
            up()

    def _as_text(self) -> str:
        timers = [
            {
                "id": timer.id,
                "name": timer.name,
                "seconds": timer.seconds,
                "since": since if timer.active else None,
            }
            for timer, since in self._timers.values()
        ]
        return json.dumps({"muted": self._muted, "timers": timers}, ensure_ascii=False)


def _write(path: Path, text: str) -> None:
    """Replace the file as a whole: cut short at any moment it is the old one or the new one."""
    part = path.with_name(f"{path.name}.part")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with part.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink()
        raise


def _facts(entry: dict[str, Any], now: float) -> tuple[events.TimerStarted | events.TimerUpdated, ...]:
    timer, name, seconds = str(entry["id"]), entry["name"], float(entry["seconds"])
    started = events.TimerStarted(timer=timer, name=None if name is None else str(name), seconds=seconds)
    if entry["since"] is None:
        return (started, events.TimerUpdated(timer=timer, seconds=seconds, active=False))
    left = float(entry["since"]) + seconds - now
    if left < -_LATE_SECONDS:
        _LOGGER.warning("The timer %s was over while this satellite did not run", name or timer)
        return ()
    return (events.TimerStarted(timer=timer, name=started.name, seconds=max(0.0, left)),)
