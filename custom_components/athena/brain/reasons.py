"""Rule 6: every decision in one sentence, which says what somebody did or did not do, and names no sensor."""

from datetime import datetime, timedelta
from typing import Final

from . import phrases
from .decisions import Decision
from .room import Room
from .room_state import Why
from .schedule import fits

TEXTS: Final = {
    Why.CAME_IN: "You came in at {time}.",
    Why.LEFT: "Nobody had been there for {empty_after}.",
    Why.ASKED: "You asked for {scene} at {time}.",
    Why.TOUCHED: "Somebody changed them by hand at {time}.",
    Why.FELL_ASLEEP: "You lay still for {sleep_after}.",
    Why.STILL_AWAKE: "You said at {time} that you were awake.",
    Why.NIGHT_VISIT: "You got up at {time}.",
    Why.BACK_IN_BED: "You went back to bed at {time}.",
    Why.GOT_UP: "You got up at {time}.",
    Why.SUNRISE: "Your {sunrise} alarm begins with light.",
    Why.ALARM: "Your alarm rang at {time}.",
    Why.ALARM_AGAIN: "Nobody was up, so it rang again at {time}.",
    Why.OUT_OF_BED: "You were out of bed at {time}.",
    Why.UP_ALREADY: "You were up already at {time}.",
    Why.NOBODY_HOME: "Nobody was home at {time}.",
    Why.BUTTON: "Somebody pressed the button at {time}.",
    Why.APP: "Somebody stopped it in the app at {time}.",
    Why.CAP: "It had rung for {alarm_cap}.",
    Why.MISSED: "It was too late to wake you at {time}.",
    Why.NO_WITNESS: "I couldn't see the bed at {time}.",
    Why.UNHEARD: "Nothing in the room could be heard at {time}.",
    Why.FORCED: "Somebody set it by hand at {time}.",
}


def because(decision: Decision, room: Room) -> str:
    """Return why something was done, in one sentence; the room is the one that did it."""
    settings = room.settings
    return TEXTS[decision.why].format(
        time=phrases.clock(decision.at.astimezone(settings.zone)),
        scene=_scene(decision, room),
        sunrise=phrases.clock(_sunrise_of(decision, room).astimezone(settings.zone)),
        empty_after=phrases.amount(settings.empty_after),
        sleep_after=phrases.amount(_sleep_after(decision, room)),
        alarm_cap=phrases.amount(settings.alarm_cap),
    )


def _scene(decision: Decision, room: Room) -> str:
    if decision.scene is None:
        return "it"
    scene = room.scenes.get(decision.scene)
    return f"{decision.scene if scene is None or scene.name is None else scene.name} mode"


def _sunrise_of(decision: Decision, room: Room) -> datetime:
    """Return when the alarm rings whose light began; one that is over rang at the end of its light."""
    end = decision.at + room.settings.sunrise
    soon = (clock.next for clock in room.clocks if clock.next is not None and decision.at <= clock.next <= end)
    return min(soon, default=end)


def _sleep_after(decision: Decision, room: Room) -> timedelta:
    settings = room.settings
    likely = fits(settings.sleep_window, decision.at, settings.zone)
    return settings.sleep_after if likely else settings.sleep_after_by_day
