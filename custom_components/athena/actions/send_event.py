"""Make a fact up, to see what a room orders (admin only, and only while the hub's option is on)."""

from typing import Final

import probatio as vol
from homeassistant.core import callback
from homeassistant.helpers import config_validation as cv
from homeassistant.util.json import JsonObjectType

from ..action import Action, Call
from ..brain.errors import BrainError, DebugWitnessError
from ..brain.events import (
    AlarmDismissed,
    BedCleared,
    BedExitReported,
    BedOccupied,
    ButtonPressed,
    Event,
    MotionDetected,
    PersonAway,
    PersonHome,
    PostureUpdate,
    PresenceCleared,
    SleepReported,
    VisionLost,
)
from ..brain.sensors import DEBUG
from ..brain.wire import as_dict, event_from_dict
from ..const import CONF_DEBUG_EVENTS
from ..refusals import refusal_of, refused
from ..runtime import AHEAD, BEHIND

WITNESSES: Final = (
    AlarmDismissed,
    BedCleared,
    BedExitReported,
    BedOccupied,
    ButtonPressed,
    MotionDetected,
    PostureUpdate,
    PresenceCleared,
    SleepReported,
    VisionLost,
)
"""What could end an alarm, were it true."""

PEOPLE: Final = (PersonAway, PersonHome)
"""Whose source is the person: nobody is called `debug`, and whoever were away would silence the alarms."""


async def _async_do(call: Call) -> JsonObjectType:
    if not call.entry.options.get(CONF_DEBUG_EVENTS):
        raise refused("debug_events_off")
    try:
        event = _event(call)
        if isinstance(event, WITNESSES) and call.room.waking:
            raise DebugWitnessError
    except BrainError as err:
        raise refusal_of(err, call.runtime.rooms) from err
    if isinstance(event, PEOPLE):
        raise refused("debug_person")
    if not call.at - BEHIND <= event.at <= call.at + AHEAD:
        raise refused("wrong_time", at=event.at.isoformat())
    ignored = call.room.ignores(event)
    commands = await call.async_tell(event)
    return {"event": as_dict(event), "commands": [as_dict(command) for command in commands], "ignored": ignored}


@callback
def _event(call: Call) -> Event:
    """Return the fact; its source is always `debug`. Raises MalformedEventError."""
    given = {"at": call.data.get("at", call.at.isoformat()), **call.data["payload"]}
    forced = {"type": call.data["event"], "room": call.config.room, "source": DEBUG}
    return event_from_dict(given | forced)


SEND_EVENT: Final = Action(
    name="send_event",
    async_do=_async_do,
    fields={
        vol.Required("event"): cv.string,
        vol.Optional("payload", default=dict): dict,
        vol.Optional("at"): cv.string,
    },
    admin=True,
)
