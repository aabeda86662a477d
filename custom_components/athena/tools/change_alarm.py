"""Skip an alarm once, turn it off or on, delete it."""

from typing import Any, ClassVar, Final, override

import probatio as vol
from homeassistant.helpers import config_validation as cv

from ..intents.delete_alarm import DeleteAlarmIntent
from ..intents.skip_alarm import SkipAlarmIntent
from ..tool import TAKES_AWAY, IntentTool
from .set_alarm import clock_slots

CHANGES: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "skip_next": (SkipAlarmIntent.intent_type, {}),
    "do_not_skip": (SkipAlarmIntent.intent_type, {"undo": True}),
    "turn_off": (DeleteAlarmIntent.intent_type, {"power": "off"}),
    "turn_on": (DeleteAlarmIntent.intent_type, {"power": "on"}),
    "delete": (DeleteAlarmIntent.intent_type, {}),
}


class ChangeAlarmTool(IntentTool):
    """None that rings: that one ends out of bed only."""

    own_name: ClassVar = "ChangeAlarm"
    title = "Change alarm"
    description = (
        "Skips the next ring of an alarm, turns an alarm off or on, or deletes it; it cannot end one that rings"
    )
    annotations = TAKES_AWAY

    @override
    def arguments(self) -> dict[vol.Marker, object]:
        return {
            vol.Required("change"): vol.In(tuple(CHANGES)),
            vol.Optional("time", description="Which alarm, HH:MM, where there are several"): cv.time,
            **self.room_argument(),
        }

    @override
    def intent_of(self, arguments: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        intent_type, slots = CHANGES[arguments["change"]]
        return intent_type, slots | (clock_slots(arguments["time"]) if "time" in arguments else {})
