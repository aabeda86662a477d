"""The lines the satellite says by itself, in the persona's words."""

from enum import StrEnum
from typing import Final

_MAX_NAME: Final = 80


class Line(StrEnum):
    """A line of the satellite's own."""

    NOT_CAUGHT = "I didn't catch that."
    WENT_WRONG = "Something went wrong."
    OFFLINE = "I'm offline."
    BACK_ONLINE = "I'm back online."
    TIMER_DONE = "Timer done."
    MICROPHONE_OFF = "Microphone off."
    MICROPHONE_ON = "Microphone on."


def timer_line(name: str | None) -> str:
    """Return what is said when a timer of that name rings."""
    words = " ".join((name or "").split())[:_MAX_NAME].rstrip(" .!?")
    if not words:
        return Line.TIMER_DONE
    words = words[0].upper() + words[1:]
    return f"{words}." if words.casefold().split()[-1] == "timer" else f"{words} timer."
