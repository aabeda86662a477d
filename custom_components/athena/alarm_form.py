"""The form by which a person sets an alarm."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any, Final

import probatio as vol
from homeassistant.components.media_player import DOMAIN as MEDIA_PLAYER_DOMAIN
from homeassistant.components.media_player.const import MediaType
from homeassistant.helpers.selector import (
    BooleanSelector,
    DateSelector,
    MediaSelector,
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
    TimeSelector,
)

from .alarms import DAYS, alarms_of, days_of, music_of, new_alarm
from .brain.profiles import ALL as PROFILES
from .brain.room import Room
from .brain.settings import MORNING_DEFAULT, Alarm
from .const import CONF_NAME
from .rooms import SIDES, RoomConfig

CONF_TIME: Final = "time"
CONF_WEEKDAYS: Final = "weekdays"
CONF_DATE: Final = "date"
CONF_PROFILE: Final = "profile"
CONF_SIDE: Final = "side"
CONF_MUSIC: Final = "music"
CONF_APP_STOP: Final = "app_stop"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomAlarm:
    """An alarm that is set, and where."""

    room: RoomConfig
    alarm: Alarm

    @property
    def key(self) -> str:
        """By which the form names it."""
        return f"{self.room.room}.{self.alarm.id}"

    @property
    def label(self) -> str:
        """By which a person knows it."""
        alarm = self.alarm
        when = alarm.date.isoformat() if alarm.date else " ".join(day.capitalize() for day in days_of(alarm.weekdays))
        return " · ".join(part for part in (self.room.title, alarm.name, f"{alarm.time:%H:%M}", when) if part)


def all_alarms(rooms: Mapping[str, RoomConfig], knows: Mapping[str, Room]) -> dict[str, RoomAlarm]:
    """Return the alarms of all rooms by their keys, in the order of the rooms and then of the clock."""
    found = [
        RoomAlarm(room=config, alarm=alarm)
        for area, config in rooms.items()
        for alarm in alarms_of(knows[area]).values()
    ]
    return {one.key: one for one in sorted(found, key=lambda one: (one.room.title, one.alarm.time, one.key))}


def choice(options: Mapping[str, str]) -> SelectSelector:
    """Return the selector of one of these, by their labels."""
    return SelectSelector(
        SelectSelectorConfig(
            options=[SelectOptionDict(value=value, label=label) for value, label in options.items()],
            mode=SelectSelectorMode.LIST,
        )
    )


def form_of(room: Room, alarm: Alarm | None) -> vol.Schema:
    """Return the form of a new alarm, or of one that is changed; it asks only what matters in this room."""
    fields: dict[vol.Marker, Any] = {
        vol.Required(CONF_TIME): TimeSelector(),
        vol.Optional(CONF_WEEKDAYS): _one_of(DAYS, "weekday", multiple=True),
        vol.Optional(CONF_DATE): DateSelector(),
        vol.Optional(CONF_NAME): TextSelector(),
        vol.Required(CONF_PROFILE): _one_of(PROFILES, "profile"),
    }
    if room.settings.shared_bed or (alarm is not None and alarm.side):
        fields[vol.Optional(CONF_SIDE)] = _one_of([side for side in SIDES.values() if side], "side")
    fields[vol.Optional(CONF_MUSIC)] = MediaSelector()
    witnesses = room.witnesses()
    if not (witnesses.enough or witnesses.button) or (alarm is not None and alarm.app_stop):
        fields[vol.Required(CONF_APP_STOP, default=False)] = BooleanSelector()
    return vol.Schema(fields)


def filled_in(alarm: Alarm | None) -> dict[str, Any]:
    """Return what the form begins from."""
    if alarm is None:
        return {CONF_TIME: "07:00:00", CONF_PROFILE: MORNING_DEFAULT}
    music = alarm.music and {
        "entity_id": alarm.music.player,
        "media_content_id": alarm.music.media,
        "media_content_type": alarm.music.kind or MediaType.MUSIC,
        "metadata": {"title": alarm.music.media},
    }
    values = {
        CONF_TIME: alarm.time.isoformat(),
        CONF_WEEKDAYS: days_of(alarm.weekdays),
        CONF_DATE: alarm.date and alarm.date.isoformat(),
        CONF_NAME: alarm.name,
        CONF_PROFILE: alarm.profile,
        CONF_SIDE: alarm.side,
        CONF_MUSIC: music,
        CONF_APP_STOP: alarm.app_stop,
    }
    return {key: value for key, value in values.items() if value}


def wrong_in(user_input: Mapping[str, Any]) -> dict[str, str]:
    """Return what the form itself has against it: "every week" and "once", music by what plays none."""
    errors = {}
    if user_input.get(CONF_WEEKDAYS) and user_input.get(CONF_DATE):
        errors["base"] = "days_or_date"
    if (music := user_input.get(CONF_MUSIC)) and not music["entity_id"].startswith(f"{MEDIA_PLAYER_DOMAIN}."):
        errors[CONF_MUSIC] = "no_player"
    return errors


def alarm_of(room: Room, alarm: Alarm | None, user_input: Mapping[str, Any]) -> Alarm:
    """Return the new alarm, or `alarm` as it was changed: same id, and on or off as it was."""
    on, music = user_input.get(CONF_DATE), user_input.get(CONF_MUSIC)
    made = new_alarm(
        room,
        time=time.fromisoformat(user_input[CONF_TIME]),
        weekdays=[DAYS[day] for day in user_input.get(CONF_WEEKDAYS, ())],
        date=date.fromisoformat(on) if on else None,
        name=user_input.get(CONF_NAME, ""),
        profile=user_input[CONF_PROFILE],
        side=user_input.get(CONF_SIDE),
        music=music_of(music) if music else None,
        app_stop=user_input.get(CONF_APP_STOP, False),
    )
    return made if alarm is None else replace(made, id=alarm.id, enabled=alarm.enabled)


def _one_of(options: Mapping[str, Any] | list[str], translation_key: str, *, multiple: bool = False) -> SelectSelector:
    return SelectSelector(
        SelectSelectorConfig(
            options=list(options),
            multiple=multiple,
            translation_key=translation_key,
            mode=SelectSelectorMode.LIST if multiple else SelectSelectorMode.DROPDOWN,  # days are boxes to tick
        )
    )
