"""Set an alarm, or change one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from typing import Any, Final

import probatio as vol
from homeassistant.components.media_player import DOMAIN as MEDIA_PLAYER_DOMAIN
from homeassistant.helpers import config_validation as cv
from homeassistant.util.json import JsonObjectType

from ..action import Action, Call, alarm_told, told_at
from ..alarms import alarms_of, changed, music_of, new_alarm
from ..brain.errors import UnknownAlarmError
from ..brain.events import AlarmSet
from ..brain.fields import WEEKS, read_date, read_wall, read_weekdays
from ..brain.profiles import ALL as PROFILES
from ..brain.settings import Alarm, Music
from ..health import has_loudspeaker
from ..refusals import refusal_of, refused
from ..rooms import SIDES

OF_AN_ALARM: Final = ("time", "weekdays", "date", "name", "profile", "side", "music", "enabled")
"""The fields that an alarm calls the same."""


async def _async_do(call: Call) -> JsonObjectType:
    alarm = _alarm(call)
    await call.async_wish(AlarmSet, alarm=alarm)
    room = call.room
    clock = next(clock for clock in room.clocks if clock.alarm.id == alarm.id)
    return {
        "alarm": alarm_told(room, clock),
        "next": told_at(clock.next),
        "still_ringing": alarm.id in room.waking,
        "heard": has_loudspeaker(call.runtime.hass, call.config.room),
    }


def _alarm(call: Call) -> Alarm:
    """Return the alarm that is wished for; raise ServiceValidationError where it contradicts itself."""
    data = call.data
    given = {field: data[field] for field in OF_AN_ALARM if field in data}
    if "app_stop_ok" in data:
        given["app_stop"] = data["app_stop_ok"]
    if given.get("weekdays") and given.get("date"):
        raise refused("days_or_date")
    if "id" not in data:
        if "time" not in given:
            raise refused("time_missing")
        enabled = given.pop("enabled", True)
        return replace(new_alarm(call.room, **given), enabled=enabled)
    if (alarm := alarms_of(call.room).get(data["id"])) is None:
        raise refusal_of(UnknownAlarmError(data["id"]), call.runtime.rooms)
    if given.get("weekdays"):
        given["date"] = None
    elif given.get("date"):
        given["weekdays"] = frozenset()
    return changed(call.room, alarm, call.at, **given)


def _said(read: Callable[[object], Any]) -> Callable[[object], Any]:
    """Return a reader of one field whose error says what is wrong."""

    def validate(value: object) -> Any:
        try:
            return read(value.isoformat() if isinstance(value, date | time) else value)
        except ValueError as err:
            raise vol.Invalid(str(err)) from err

    return validate


def _weekdays(value: object) -> object:
    """Return days as a list, as Home Assistant lets one thing stand for a list of it."""
    return read_weekdays(value if not isinstance(value, str) or value in WEEKS else [value])


def _music(value: dict[str, Any]) -> Music:
    """Return what plays: as the media selector gives it, or plainly as `player`, `media` and perhaps `kind`."""
    if "entity_id" in value:
        return music_of(value)
    return Music(player=value["player"], media=value["media"], kind=value.get("kind"))


def _text(value: object) -> str:
    """Return text that can be written down: YAML can name half a character."""
    text = cv.string(value)
    try:
        text.encode()
    except UnicodeEncodeError as err:
        raise vol.Invalid("is no text: half a character stands in it") from err
    return text


_SOMETHING: Final = vol.All(_text, vol.Length(min=1))
_PLAYER: Final = cv.entity_domain(MEDIA_PLAYER_DOMAIN)
_PLAIN: Final = {
    vol.Required("player"): _PLAYER,
    vol.Required("media"): _SOMETHING,
    vol.Optional("kind"): _SOMETHING,
}
_SELECTED: Final = {
    vol.Required("entity_id"): _PLAYER,
    vol.Required("media_content_id"): _SOMETHING,
    vol.Optional("media_content_type"): _text,
    vol.Optional("metadata"): object,
}

SET_ALARM: Final = Action(
    name="set_alarm",
    async_do=_async_do,
    fields={
        vol.Optional("id"): cv.string,
        vol.Optional("time"): _said(read_wall),
        vol.Optional("weekdays"): _said(_weekdays),
        vol.Optional("date"): vol.Any(None, _said(read_date)),
        vol.Optional("name"): vol.All(_text, vol.Strip, vol.Length(max=60)),
        vol.Optional("profile"): vol.In(list(PROFILES)),
        vol.Optional("side"): vol.In([*SIDES.values()]),
        vol.Optional("music"): vol.Any(None, vol.All(vol.Any(_PLAIN, _SELECTED), _music)),
        vol.Optional("app_stop_ok"): cv.boolean,
        vol.Optional("enabled"): cv.boolean,
    },
)
