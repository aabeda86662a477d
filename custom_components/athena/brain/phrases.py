"""The persona: every sentence Athena says. Calm, short, no filler, never technical (PRD §8)."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
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
GOOD_NIGHT: Final = "Good night."
CANNOT_WAKE: Final = "I can't tell when you get up. Set it in the app."
NO_ALARMS: Final = "No alarms."
NO_SUCH_ALARM: Final = "No such alarm."
NOTHING_RINGS: Final = "No alarm rings."
ALARM_OFF: Final = "Alarm off."
ALARMS_OFF: Final = "All alarms off."
NOTHING_SKIPPED: Final = "No alarm is skipped."
NOTHING_HAPPENED: Final = "Nothing happened."

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


def alarm_set(at: time, on: str = "") -> str:
    """Return what is said when an alarm is set (PRD §8); `on`: its days, where they do not go without saying."""
    return f"Alarm set for {alarm(at, on)}."


def alarm(at: time, on: str = "") -> str:
    """Return an alarm as people call it: "7 AM on weekdays"."""
    return f"{clock(at)} {on}" if on else clock(at)


def but_skipped(described: str, on: str) -> str:
    """Return an alarm whose ring on a day is left out: "7 AM on weekdays, but not tomorrow"."""
    return f"{described}, but not {on}"


def alarm_set_again(described: str) -> str:
    """Return what is said when an alarm is turned on again."""
    return f"Alarm set for {described}."


def alarms(described: Iterable[str]) -> str:
    """Return which alarms are set: "7 AM on weekdays. 9 AM tomorrow."."""
    return " ".join(f"{one}." for one in described) or NO_ALARMS


def alarm_skipped(described: str) -> str:
    """Return what is said when a ring is left out."""
    return f"Skipping {described}."


def rings_first(described: str) -> str:
    """Return what is said when another ring comes before the one that shall be left out."""
    return f"{described} rings first."


def no_alarm(on: str) -> str:
    """Return that nothing rings on a day."""
    return f"No alarm {on}."


def is_over(at: time, on: str) -> str:
    """Return that an alarm cannot be set for a moment that is over."""
    return f"{alarm(at, on)} is over."


def say_which(described: Iterable[str]) -> str:
    """Return the question which of several is meant."""
    return f"Say which: {_listed(described, 'or')}."


def weekdays(days: Collection[int]) -> str:
    """Return the days of a week on which something is: "on weekdays", "on Mondays and Fridays"; Monday is 0."""
    if (name := WEEKS.get(frozenset(days))) is not None:
        return name
    return f"on {_listed((f'{DAYS[day]}s' for day in sorted(days)), 'and')}"


def day(date: date, today: date) -> str:
    """Return a day to come as people say it today: "tomorrow", "on Saturday", "on December 24"."""
    if (days := (date - today).days) < len(SOON):
        return SOON[days] if days >= 0 else f"on {date:%B} {date.day}"
    return f"on {DAYS[date.weekday()]}" if days < len(DAYS) else f"on {date:%B} {date.day}"


def _listed(words: Iterable[str], joint: str) -> str:
    *first, last = words
    return f"{', '.join(first)} {joint} {last}" if first else last


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


def clock(at: datetime | time) -> str:
    """Return a time as people say it: "7 AM", "11:43 PM"."""
    hour = at.hour % 12 or 12
    half = "AM" if at.hour < 12 else "PM"
    return f"{hour} {half}" if at.minute == 0 else f"{hour}:{at.minute:02} {half}"


def amount(duration: timedelta) -> str:
    """Return a duration as people say it: "10 minutes"."""
    seconds = int(duration.total_seconds())
    count, unit = (seconds, "second") if seconds < 60 else (seconds // 60, "minute")
    return f"{count} {unit}{'' if count == 1 else 's'}"


DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

WEEKS: Final = {
    frozenset(range(7)): "every day",
    frozenset(range(5)): "on weekdays",
    frozenset((5, 6)): "on weekends",
}
"""Days that have a name together."""

SOON: Final = ("today", "tomorrow")

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
