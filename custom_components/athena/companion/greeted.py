"""What the brain has greeted somebody with: the moments to which a small thing may add a word of its own."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from homeassistant.util import dt as dt_util

from ..brain import phrases
from ..brain.commands import AudioSay, Command
from ..brain.room import Room
from ..brain.room_state import RoomState, Why
from ..brain.scenes import ENTRY, WAKE
from ..rooms import RoomConfig

MORNING: Final = time(4)
"""The day begins: before that it is last night."""
NOON: Final = time(12)

GOT_UP: Final = frozenset({Why.OUT_OF_BED, Why.BUTTON, Why.APP, Why.UP_ALREADY, Why.GOT_UP})
"""Why the brain says "Good morning.": an alarm has been obeyed, or somebody has slept in."""

JUST_NOW: Final = timedelta(seconds=5)
"""A greeting and what it is for are of one moment; somebody else's automation may say the same words later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waking:
    """Somebody has got up, and has been told "Good morning."."""

    room: RoomConfig
    at: datetime
    """By the clock on the wall."""

    @property
    def day(self) -> date:
        """The day that begins with it."""
        return self.at.date()

    @property
    def is_morning(self) -> bool:
        """Whether a day begins with it: not so after a nap, or at three for an early flight."""
        return MORNING <= self.at.time() < NOON


def waking_of(command: Command, room: RoomConfig, known: Room) -> Waking | None:
    """Return that somebody has got up, where an order greets them for it, and nobody sleeps on."""
    all_are_up = known.state is not RoomState.EMPTY and not known.sleeping and not known.waking
    if known.quiet or not all_are_up or not _is_said(command, WAKE.line, known, GOT_UP):
        return None
    return Waking(room=room, at=dt_util.as_local(known.latest))


def has_come_in(command: Command, known: Room) -> bool:
    """Return whether an order welcomes somebody who has come into an empty room."""
    return not known.quiet and _is_said(command, ENTRY.line, known, {Why.CAME_IN})


def _is_said(command: Command, line: str, known: Room, whys: Collection[Why]) -> bool:
    if not isinstance(command, AudioSay) or command.text != phrases.addressed(line, known.settings.name):
        return False
    return any(one.why in whys and known.latest - one.at <= JUST_NOW for one in known.decisions)
