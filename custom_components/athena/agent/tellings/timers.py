"""Timers."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final, override

from homeassistant.helpers.intent import (
    INTENT_CANCEL_ALL_TIMERS,
    INTENT_CANCEL_TIMER,
    INTENT_DECREASE_TIMER,
    INTENT_INCREASE_TIMER,
    INTENT_PAUSE_TIMER,
    INTENT_START_TIMER,
    INTENT_TIMER_STATUS,
    INTENT_UNPAUSE_TIMER,
    IntentResponse,
)

from ..persona import Persona
from ..telling import Telling, Told, slots_of

UNITS: Final = ("hour", "minute", "second")

LINES: Final = {
    INTENT_CANCEL_TIMER: "timer_cancelled",
    INTENT_PAUSE_TIMER: "timer_paused",
    INTENT_UNPAUSE_TIMER: "timer_resumed",
}

TO_THE_MINUTE: Final = 600
TO_FIVE_SECONDS: Final = 30
"""Seconds left from which nobody wants to know more exactly."""

LONGEST_NAME: Final = 2
"""Words: "pizza" is a timer's name, "take the bread out" what it is for."""


class TimersTelling(Telling):
    """How long they run, and what has become of them."""

    intents: ClassVar = (
        *LINES,
        INTENT_START_TIMER,
        INTENT_INCREASE_TIMER,
        INTENT_DECREASE_TIMER,
        INTENT_CANCEL_ALL_TIMERS,
        INTENT_TIMER_STATUS,
    )
    failures: ClassVar = {
        "timer_not_found": "timer_unknown",
        "multiple_timers_matched": "timer_which",
        "no_timer_support": "timer_impossible",
        "no_timer_command": "timer_impossible",
    }

    @override
    def tell(self, response: IntentResponse, persona: Persona) -> Told:
        slots = slots_of(response)
        kind = response.intent.intent_type if response.intent is not None else ""
        if kind == INTENT_TIMER_STATUS:
            return Told(line=_left(response.speech_slots.get("timers", ()), persona), is_answer=True)
        if kind == INTENT_CANCEL_ALL_TIMERS:
            return Told(line=_cancelled(response.speech_slots.get("canceled", 0), persona))
        if kind in LINES:
            return Told(line=persona.say(LINES[kind]))
        duration = spoken(persona, *(int(slots.get(f"{unit}s", 0)) for unit in UNITS))
        if kind == INTENT_START_TIMER:
            return Told(line=_set(slots, duration, persona))
        return Told(
            line=persona.say("timer_added" if kind == INTENT_INCREASE_TIMER else "timer_removed", duration=duration)
        )


def spoken(persona: Persona, *counts: int) -> str:
    """Return hours, minutes and seconds as one says them: "1 hour and 5 minutes"."""
    parts = [
        persona.part(f"duration_{unit}" if count == 1 else f"duration_{unit}s", count=count)
        for unit, count in zip(UNITS, counts, strict=True)
        if count
    ]
    return persona.listed(parts) if parts else persona.part("duration_seconds", count=0)


def _set(slots: Mapping[str, Any], duration: str, persona: Persona) -> str:
    if "conversation_command" in slots:
        return persona.say("timer_command", duration=duration)
    name = slots.get("name", "")
    if name and len(name.split()) <= LONGEST_NAME:
        return persona.say("timer_set_named", name=name, duration=duration)
    return persona.say("timer_set", duration=duration)


def _cancelled(count: int, persona: Persona) -> str:
    if count == 0:
        return persona.say("timers_none")
    return persona.say("timer_cancelled") if count == 1 else persona.say("timers_cancelled", count=count)


def _left(timers: list[dict[str, Any]], persona: Persona) -> str:
    """Return what is left of each, the first to end first."""
    lines = []
    for timer in sorted(timers, key=lambda one: (not one["is_active"], one["total_seconds_left"])):
        left = spoken(persona, *_rounded(timer["total_seconds_left"]))
        key = "timer_left" if timer["is_active"] else "timer_is_paused"
        name = timer["name"]
        lines.append(persona.say(f"{key}_named", name=name, duration=left) if name else persona.say(key, duration=left))
    return " ".join(lines) or persona.say("timers_none")


def _rounded(seconds: int) -> tuple[int, int, int]:
    """Return hours, minutes and seconds as one says them: Home Assistant's own rounding makes an hour of 1:14."""
    step = 60 if seconds >= TO_THE_MINUTE else 5 if seconds >= TO_FIVE_SECONDS else 1
    minutes, rest = divmod(-(-seconds // step) * step, 60)
    return *divmod(minutes, 60), rest
