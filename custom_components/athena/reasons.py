"""Why a room is as it is, in words: for entities, actions and the logbook."""

from collections.abc import Mapping
from typing import Final

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from .brain import phrases
from .brain.decisions import Decision
from .brain.presence import Occupancy
from .brain.room import Room
from .brain.room_state import Why

SINCE: Final[Mapping[Why, str]] = {
    Why.CAME_IN: "somebody came in",
    Why.LEFT: "nobody had been noticed for long enough",
    Why.ASKED: "somebody asked for it",
    Why.TOUCHED: "somebody changed the lights by hand",
    Why.FELL_ASLEEP: "somebody had lain still in bed for long enough",
    Why.STILL_AWAKE: "somebody said that they are still awake",
    Why.NIGHT_VISIT: "somebody got up in the night",
    Why.BACK_IN_BED: "the sleeper is back in bed",
    Why.GOT_UP: "the sleeper got up",
    Why.SUNRISE: "an alarm is near",
    Why.ALARM: "an alarm was due",
    Why.ALARM_AGAIN: "the sleeper was not up after all",
    Why.OUT_OF_BED: "the sleeper was out of bed",
    Why.UP_ALREADY: "the sleeper was up already when an alarm was due",
    Why.NOBODY_HOME: "nobody was home when an alarm was due",
    Why.BUTTON: "somebody pressed the button beside the bed",
    Why.APP: "somebody stopped the alarm in the app",
    Why.CAP: "the alarm had rung for as long as it may",
    Why.MISSED: "an alarm could not ring in time",
    Why.NO_WITNESS: "an alarm has fewer witnesses than it should",
    Why.UNHEARD: "nothing in the room could make a sound",
    Why.FORCED: "somebody said what state the room is in",
}

DONE: Final[Mapping[str, str]] = {
    "room.empty": "the room is empty",
    "room.occupied": "the room is occupied",
    "room.sleep": "the room is asleep",
    "room.wake": "the room is waking",
    "lights": "the lights are left alone",
    "lights.animate": "the light begins to rise",
    "alarm.start": "the alarm rings",
    "alarm.stop": "the alarm is stopped",
    "notify": "a message is sent",
}


def decision_in_words(hass: HomeAssistant, decision: Decision) -> str:
    """Return a decision as a sentence: "7:03 AM: the entry scene, since somebody came in (Hall Motion)."."""
    what = f"the {decision.scene} scene" if decision.what == "lights.set_scene" else DONE.get(decision.what)
    by = ", ".join(_name(hass, source) for source in decision.by)
    at = phrases.clock(dt_util.as_local(decision.at))
    return f"{at}: {what or decision.what}, since {SINCE[decision.why]}{f' ({by})' if by else ''}."


def presence_in_words(hass: HomeAssistant, room: Room, occupancy: Occupancy) -> str:
    """Return who says that somebody is in the room, or that nobody is."""
    if occupancy.occupied is None:
        return "No sensor can tell."
    if not occupancy.occupied:
        return "Nobody is noticed."
    if occupancy.evidence:
        first = occupancy.evidence[0]
        says = "sees somebody since" if first.until is None else "saw somebody at"
        return f"{_name(hass, first.source)} {says} {phrases.clock(dt_util.as_local(first.since))}."
    if room.sleeping:
        return "Somebody sleeps here."
    return "Nobody has left as far as anybody could tell."


def _name(hass: HomeAssistant, source: str) -> str:
    return state.name if (state := hass.states.get(source)) is not None else source
