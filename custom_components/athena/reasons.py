"""Why a room is as it is, in words: for entities and actions."""

from collections.abc import Mapping
from typing import Final

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from .brain import phrases
from .brain.decisions import Decision
from .brain.presence import Occupancy
from .brain.reasons import because
from .brain.room import Room

DONE: Final[Mapping[str, str]] = {
    "room.empty": "Room empty",
    "room.occupied": "Room occupied",
    "room.sleep": "Room asleep",
    "room.wake": "Room waking",
    "lights": "Lights",
    "lights.animate": "Rising light",
    "alarm.start": "Alarm rings",
    "alarm.stop": "Alarm stopped",
    "notify": "Message sent",
}
"""What was decided, by the decision's own name for it; a scene goes by its name."""


def decision_in_words(room: Room, decision: Decision) -> str:
    """Return a decision of the room, and why: "Scene entry: You came in at 7:03 AM."."""
    what = f"Scene {decision.scene}" if decision.what == "lights.set_scene" else DONE.get(decision.what, decision.what)
    return f"{what}: {because(decision, room)}"


def presence_in_words(hass: HomeAssistant, room: Room, occupancy: Occupancy) -> str:
    """Return who says that somebody is in the room and since when, or that nobody is."""
    if occupancy.occupied and occupancy.evidence:
        first = occupancy.evidence[0]
        says = "sees somebody since" if first.until is None else "saw somebody at"
        return f"{_name(hass, first.source)} {says} {phrases.clock(dt_util.as_local(first.since))}."
    return _without_evidence(room, occupancy)


def presence_in_short(hass: HomeAssistant, room: Room, occupancy: Occupancy) -> str:
    """Return the same without when: it stays as it is while the same sensors see somebody, now or a little ago."""
    if occupancy.occupied and occupancy.evidence:
        return f"Noticed by {' and '.join(sorted({_name(hass, one.source) for one in occupancy.evidence}))}."
    return _without_evidence(room, occupancy)


def _without_evidence(room: Room, occupancy: Occupancy) -> str:
    if occupancy.occupied is None:
        return "No sensor can tell."
    if not occupancy.occupied:
        return "Nobody is noticed."
    if room.sleeping:
        return "Somebody sleeps here."
    return "Nobody has left as far as anybody could tell."


def _name(hass: HomeAssistant, source: str) -> str:
    return state.name if (state := hass.states.get(source)) is not None else source
