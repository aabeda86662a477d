"""What a room remembers over a restart, as JSON. What sensors see now is not kept: each is asked again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from .alarms import Clock, Phase, Ring
from .decisions import Decision
from .errors import BrainError, UnreadableStateError
from .mind import Mind
from .room_state import RoomState
from .settings import RoomSettings
from .wire import alarm_as_dict, alarm_from_dict

YEARS: Final = range(1970, 9000)
"""In which something may have been or be due: what is reckoned from it must not run over."""


def dump(mind: Mind) -> dict[str, Any]:
    """Return what the room remembers."""
    return {
        "state": mind.state,
        "scene": mind.scene,
        "quiet": mind.quiet,
        "held_until": _text(mind.held_until),
        "seen_until": _text(_seen_until(mind)),
        "awake_until": _text(mind.drowsiness.held_until),
        "in_bed": mind.in_bed,
        "out_since": _text(mind.out_since),
        "told_asleep": _text(mind.told_asleep),
        "visit": _text(mind.visit),
        "path_until": _text(mind.path_until),
        "wake_until": _text(mind.wake_until),
        "warn_at": _text(mind.warn_at),
        "warned_of": _text(mind.warned_of),
        "unheard": mind.unheard,
        "people": dict(mind.people),
        "away_since": _text(mind.away_since),
        "bed": mind.bed.as_dict(),
        "decisions": [decision.as_dict() for decision in mind.decisions.all],
        "alarms": [_clock(clock) for clock in mind.alarms.clocks.values()],
        "rings": [_ring(ring) for ring in mind.alarms.rings.values()],
    }


def load(settings: RoomSettings, stored: Mapping[str, Any]) -> Mind:
    """Return a mind as it was stored; raise UnreadableStateError for what is not one."""
    try:
        mind = Mind(settings)
        mind.state = RoomState(stored["state"])
        mind.scene = stored["scene"]
        mind.quiet = bool(stored["quiet"])
        mind.held_until = _moment(stored["held_until"])
        mind.presence.before = _moment(stored["seen_until"])
        mind.drowsiness.held_until = _moment(stored["awake_until"])
        mind.in_bed = bool(stored["in_bed"])
        mind.out_since = _moment(stored["out_since"])
        mind.told_asleep = _moment(stored["told_asleep"])
        mind.visit = _moment(stored["visit"])
        mind.path_until = _moment(stored["path_until"])
        mind.wake_until = _moment(stored["wake_until"])
        mind.warn_at = _moment(stored["warn_at"])
        mind.warned_of = _moment(stored["warned_of"])
        mind.unheard = bool(stored["unheard"])
        mind.people = {str(person): bool(home) for person, home in stored["people"].items()}
        mind.away_since = _moment(stored["away_since"])
        mind.bed.restore(stored["bed"])
        for decision in stored["decisions"]:
            mind.decisions.add(Decision.from_dict(decision))
        for one in stored["alarms"]:
            clock = _clock_from(settings, one)
            mind.alarms.clocks[clock.alarm.id] = clock
        for one in stored["rings"]:
            ring = _ring_from(one)
            mind.alarms.rings[ring.alarm.id] = ring
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError, BrainError) as err:
        raise UnreadableStateError(f"room {settings.room!r}: {err}") from err
    return mind


def _seen_until(mind: Mind) -> datetime | None:
    """Return until when what was seen counts, were nobody seen from now on."""
    counts = mind.presence.counts()
    return None if counts is None else min(counts, max(mind.latest, mind.presence.before or mind.latest))


def _clock(clock: Clock) -> dict[str, Any]:
    return {
        "alarm": alarm_as_dict(clock.alarm),
        "after": _text(clock.after),
        "skipped": _text(clock.skipped),
        "sunrise_of": _text(clock.sunrise_of),
    }


def _clock_from(settings: RoomSettings, stored: Mapping[str, Any]) -> Clock:
    return Clock(
        alarm=alarm_from_dict(stored["alarm"]),
        settings=settings,
        after=_must(stored["after"]),
        skipped=_moment(stored["skipped"]),
        sunrise_of=_moment(stored["sunrise_of"]),
    )


def _ring(ring: Ring) -> dict[str, Any]:
    return {
        "alarm": alarm_as_dict(ring.alarm),
        "occurrence": _text(ring.occurrence),
        "phase": ring.phase,
        "cap_at": _text(ring.cap_at),
        "line_at": _text(ring.line_at),
        "lines": ring.lines,
        "rounds": ring.rounds,
        "until": _text(ring.until),
        "unheard": ring.unheard,
    }


def _ring_from(stored: Mapping[str, Any]) -> Ring:
    return Ring(
        alarm=alarm_from_dict(stored["alarm"]),
        occurrence=_must(stored["occurrence"]),
        phase=Phase(stored["phase"]),
        cap_at=_must(stored["cap_at"]),
        line_at=_must(stored["line_at"]),
        lines=int(stored["lines"]),
        rounds=int(stored["rounds"]),
        until=_moment(stored["until"]),
        unheard=bool(stored["unheard"]),
    )


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _moment(stored: str | None) -> datetime | None:
    return None if stored is None else _must(stored)


def _must(stored: str) -> datetime:
    moment = datetime.fromisoformat(stored)
    if moment.tzinfo is None:
        raise ValueError(f"{stored} has no time zone")
    if moment.year not in YEARS:
        raise ValueError(f"{stored} leaves no time around it")
    return moment
