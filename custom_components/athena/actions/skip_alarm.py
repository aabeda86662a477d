"""Leave the next ring of an alarm out, or do not after all."""

from typing import Final

import probatio as vol
from homeassistant.helpers import config_validation as cv
from homeassistant.util.json import JsonObjectType

from ..action import Action, Call, alarm_told
from ..brain.alarms import Clock
from ..brain.errors import UnknownAlarmError
from ..brain.events import AlarmSkipped
from ..brain.room import Room
from ..refusals import refusal_of, refused


async def _async_do(call: Call) -> JsonObjectType:
    skip: bool = call.data["skip"]
    clock = _named(call, call.data["id"]) if "id" in call.data else _next(call.room, skip=skip)
    if clock is None or (skip and clock.next is None and clock.skipped is None):
        raise refused("nothing_to_skip" if skip else "nothing_skipped", room=call.config.title)
    alarm = clock.alarm.id
    await call.async_wish(AlarmSkipped, alarm=alarm, skip=skip)
    return {"alarm": alarm_told(call.room, _named(call, alarm)), "still_ringing": alarm in call.room.waking}


def _named(call: Call, alarm: str) -> Clock:
    for clock in call.room.clocks:
        if clock.alarm.id == alarm:
            return clock
    raise refusal_of(UnknownAlarmError(alarm), call.runtime.rooms)


def _next(room: Room, *, skip: bool) -> Clock | None:
    """Return the alarm that rings next; to undo, the one whose ring is left out soonest."""
    if skip:
        return room.next_clock
    skipped = [(clock.skipped, clock.alarm.id, clock) for clock in room.clocks if clock.skipped is not None]
    return min(skipped)[2] if skipped else None


SKIP_ALARM: Final = Action(
    name="skip_alarm",
    async_do=_async_do,
    fields={vol.Optional("id"): cv.string, vol.Optional("skip", default=True): cv.boolean},
)
