"""The persona: every sentence Athena says. Calm, short, no filler, never technical (PRD §8)."""

from datetime import datetime, time, timedelta
from typing import Final

WELCOME_BACK: Final = "Welcome back{comma_name}."
GOODBYE: Final = "Goodbye."
FOCUS_MODE: Final = "Focus mode."
NIGHT_MODE: Final = "Night mode."
GOOD_MORNING: Final = "Good morning{comma_name}."

SLEEP_MODE_DISABLED: Final = "Sleep mode disabled."
WAKE_UP_NOW: Final = "Wake up now."
WAKE_UP_NOW_NAMED: Final = "{name}, wake up now."
OUT_OF_BED_FIRST: Final = "Out of bed first."
QUIET_MODE: Final = "Quiet mode."

UNDERSTOOD: Final = "Understood."
DID_NOT_CATCH: Final = "I didn't catch that."
CANNOT_DO: Final = "I can't do that."
WENT_WRONG: Final = "Something went wrong."
WHICH_ROOM: Final = "Say which room."
NOT_MINE: Final = "That wasn't me."


def addressed(line: str, name: str | None) -> str:
    """Return `line` with `{comma_name}` filled in; without a name nobody is addressed."""
    return line.format(comma_name=f", {name}" if name else "")


def wake_up(name: str | None) -> str:
    """Return the line of an alarm that rings (PRD §9)."""
    return WAKE_UP_NOW_NAMED.format(name=name) if name else WAKE_UP_NOW


def alarm_set(at: time) -> str:
    """Return what is said when an alarm is set (PRD §8)."""
    return f"Alarm set for {clock(at)}."


def alarm_missed(at: datetime) -> str:
    """Return the message about an alarm that woke nobody; `at` is local time."""
    return f"The {clock(at)} alarm woke nobody."


def alarm_cap(name: str | None) -> str:
    """Return the message about an alarm that has rung for as long as it may."""
    return f"{name or 'Nobody'} {'has not got' if name else 'got'} up. It rings again in ten minutes."


def alarm_nobody_home(at: datetime) -> str:
    """Return the message about an alarm that stayed silent; `at` is local time."""
    return f"Nobody is home, so the {clock(at)} alarm stayed silent."


def alarm_unheard(at: datetime) -> str:
    """Return the message about an alarm that nothing can play; `at` is local time."""
    return f"The {clock(at)} alarm rings, but nothing in the room can be heard."


def witness_missing(at: datetime, *, button: bool) -> str:
    """Return what is said the evening before an alarm that could not tell that somebody got up; `at` is local time."""
    return f"I can't see the bed. Only {'the button' if button else 'the app'} ends the {clock(at)} alarm."


def device_is(name: str, state: str) -> str:
    """Return the shortest true report of a deed: "Lamp on."."""
    return f"{name[:1].upper()}{name[1:]} {state}."


def you_came_in(at: datetime) -> str:
    """Return why the entry scene ran; `at` is local time."""
    return f"You came in at {clock(at)}."


def you_asked(scene: str, at: datetime) -> str:
    """Return why a scene ran that somebody asked for; `at` is local time."""
    return f"You asked for {scene} mode at {clock(at)}."


def nobody_was_there(duration: timedelta) -> str:
    """Return why the exit scene ran."""
    seconds = int(duration.total_seconds())
    amount, unit = (seconds, "second") if seconds < 60 else (seconds // 60, "minute")
    return f"Nobody had been there for {amount} {unit}{'' if amount == 1 else 's'}."


def clock(at: datetime | time) -> str:
    """Return a time as people say it: "7 AM", "11:43 PM"."""
    hour = at.hour % 12 or 12
    half = "AM" if at.hour < 12 else "PM"
    return f"{hour} {half}" if at.minute == 0 else f"{hour}:{at.minute:02} {half}"


STATES: Final = {
    "on": "on",
    "off": "off",
    "open": "open",
    "opening": "opening",
    "closed": "closed",
    "closing": "closing",
    "locked": "locked",
    "unlocked": "unlocked",
}
"""Home Assistant's states, as Athena says them."""

ON_STATES: Final = frozenset({"on", "open", "opening", "locked"})
"""The states that "turn on" leads to."""

KINDS: Final = {
    "light": "lights",
    "fan": "fans",
    "switch": "switches",
    "cover": "covers",
    "lock": "locks",
    "awning": "awnings",
    "blind": "blinds",
    "curtain": "curtains",
    "garage": "garage doors",
    "gate": "gates",
    "outlet": "plugs",
    "shade": "shades",
    "shutter": "shutters",
    "window": "windows",
}
"""Home Assistant's domains and device classes, as Athena calls several of a kind."""
