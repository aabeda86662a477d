"""Set an alarm."""

from datetime import time
from typing import Any, ClassVar, Final, override

import probatio as vol
from homeassistant.helpers import config_validation as cv

from ..alarms import DAYS
from ..intents.set_alarm import SetAlarmIntent
from ..tool import SETS, IntentTool

WHEN: Final = ("today", "tomorrow")


def clock_slots(at: time) -> dict[str, Any]:
    """Return a time of the day as the slots in which it is said, its half of the day too."""
    half = {"half": "am" if at.hour < 12 else "pm"} if at.hour <= 12 else {}
    return {"hour": at.hour, "minute": at.minute, **half}


class SetAlarmTool(IntentTool):
    """For once, or for days of every week."""

    own_name: ClassVar = "SetAlarm"
    title = "Set alarm"
    description = "Sets a wake-up alarm in a room; it ends only once the sleeper is out of bed"
    annotations = SETS

    @override
    def arguments(self) -> dict[vol.Marker, object]:
        return {
            vol.Required("time", description="HH:MM, 24 hours"): cv.time,
            vol.Exclusive("day", "days", description="For once; the next time it can be, if left out"): vol.In(
                (*WHEN, *DAYS)
            ),
            vol.Exclusive("every", "days", description="For every week, on these days"): [vol.In(tuple(DAYS))],
            **self.room_argument(),
        }

    @override
    def intent_of(self, arguments: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        slots = clock_slots(arguments["time"])
        if (day := arguments.get("day")) is not None:
            slots["date" if day in WHEN else "weekday"] = day
        if every := arguments.get("every"):
            slots["every_day"] = every
        return SetAlarmIntent.intent_type, slots
