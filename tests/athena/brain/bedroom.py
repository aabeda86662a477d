"""A bedroom whose nights are logged: every method is something that happens there."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from custom_components.athena.brain.events import BedCleared, BedOccupied, Event, Posture, PostureUpdate
from custom_components.athena.brain.night import Night
from custom_components.athena.brain.nights import Nights
from custom_components.athena.brain.room_state import RoomState, Why
from custom_components.athena.brain.settings import RoomSettings

BERLIN = ZoneInfo("Europe/Berlin")
BED_TIME = datetime(2026, 1, 5, 23, 0, tzinfo=BERLIN).astimezone(UTC)


@dataclass
class Bedroom:
    """One bedroom with a mat; a method is what happens there, some minutes after bed time."""

    side: str | None = None
    settings: RoomSettings = field(default_factory=lambda: RoomSettings(room="bedroom", zone=BERLIN))
    start: datetime = BED_TIME

    def __post_init__(self) -> None:
        self.nights = Nights(self.settings, self.side)

    def at(self, minute: float) -> datetime:
        return self.start + timedelta(minutes=minute)

    def tell(self, kind: type[Event], minute: float, source: str = "mat", **payload: Any) -> None:
        self.nights.take(kind(room="bedroom", at=self.at(minute), source=source, **payload))

    def felt(self, minute: float, **payload: Any) -> None:
        self.tell(BedOccupied, minute, **payload)

    def turns(self, *minutes: float) -> None:
        """Turn over: the mat lets go."""
        for minute in minutes:
            self.tell(BedCleared, minute)
            self.tell(BedOccupied, minute + 0.1)

    def sees(self, minute: float, *, motion: float = 0.0, zone: str = "bed", confidence: float = 0.9) -> None:
        seen = {"posture": Posture.LYING, "zone": zone, "motion": motion, "confidence": confidence}
        self.tell(PostureUpdate, minute, "camera", **seen)

    def sleeps(self, minute: float = 0, why: Why = Why.ASKED) -> None:
        self.nights.becomes(RoomState.SLEEP, why, self.at(minute))

    def wakes(self, minute: float, why: Why = Why.GOT_UP, state: RoomState = RoomState.WAKE) -> bool:
        return self.nights.becomes(state, why, self.at(minute))

    def leaves(self, minute: float) -> None:
        self.nights.leaves_bed(self.at(minute))

    def restarts(self) -> None:
        """Go on from what is remembered."""
        now, kept = json.loads(json.dumps([self.nights.as_dict(), [night.as_dict() for night in self.nights.kept]]))
        self.nights = Nights(self.settings, self.side)
        self.nights.kept = [Night.from_dict(night) for night in kept]
        self.nights.restore(now)

    @property
    def night(self) -> Night:
        """The last night that is over."""
        return self.nights.kept[-1]

    @property
    def clocks(self) -> tuple[str, str]:
        """When somebody fell asleep and woke, by the clock on the wall."""
        return tuple(f"{at.astimezone(BERLIN):%H:%M}" for at in (self.night.asleep_at, self.night.end))  # type: ignore[return-value]

    def sleeps_a_night(self, *moments: float, minutes: int = 480) -> Night:
        """Sleep from bed time on, turn over at some minutes, and get up."""
        self.sleeps()
        self.turns(*moments)
        self.wakes(minutes)
        return self.night


def in_bed() -> Bedroom:
    """Return a bedroom at bed time, somebody in bed."""
    room = Bedroom()
    room.felt(-1, found=True)
    return room
