"""What Home Assistant's activity says of the facts and orders of a room, where they are recorded."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from homeassistant.components.logbook import LOGBOOK_ENTRY_MESSAGE, LOGBOOK_ENTRY_NAME
from homeassistant.core import Event, HomeAssistant, callback

from .brain.room_state import RoomState, Why
from .const import DOMAIN
from .journal import EVENT

type Describe = Callable[[str, str, Callable[[Event[dict[str, Any]]], dict[str, str]]], None]

MESSAGES: Final[Mapping[str, str]] = {
    # facts
    "presence.motion_detected": "somebody is seen{source}",
    "presence.cleared": "nobody is seen any more{source}",
    "presence.room_empty_timeout": "nobody has moved for long{source}",
    "sensor.lost": "can no longer tell{source}",
    "vision.posture_update": "somebody is {posture}, zone {zone}{source}",
    "vision.sleep_state": "somebody is {state}{source}",
    "vision.bed_exit": "the bed is left{source}",
    "vision.lost": "sees nothing any more{source}",
    "bed.occupied": "somebody is in bed{source}",
    "bed.cleared": "nobody is in bed{source}",
    "voice.wake_word": "somebody speaks to Athena{source}",
    "voice.command": "somebody says something{text}",
    "sleep.cancelled": "somebody says that they are awake",
    "scene.activated": "somebody asks for the scene {scene}{source}",
    "lights.touched": "somebody changes the lights",
    "quiet.set": "quiet hours are {on}",
    "room.forced": "somebody says that the room is {state}",
    "button.pressed": "the button is pressed{source}",
    "person.home": "somebody is at home{source}",
    "person.away": "somebody is away{source}",
    "alarm.set": "an alarm is set",
    "alarm.deleted": "an alarm is deleted",
    "alarm.skipped": "leaving out the next ring of an alarm is {skip}",
    "alarm.dismissed": "the alarm is stopped in the app",
    "scheduler.alarm_trigger": "an alarm is due by another clock",
    "music.playing": "music plays{source}",
    "music.stopped": "music plays no more{source}",
    "audio.heard": "the alarm is heard",
    "audio.failed": "nothing can play the alarm",
    "satellite.connected": "the satellite is there{source}",
    "satellite.lost": "the satellite is gone{source}",
    # orders
    "lights.set_state": "lights {state}",
    "lights.set_scene": "scene {scene}",
    "lights.animate": "lights play {animation}",
    "lights.restore": "lights as they were",
    "device.on": "a device is turned on{device}",
    "device.off": "a device is turned off{device}",
    "device.status": "a device is asked for{device}",
    "audio.say": "Athena speaks{text}",
    "audio.play": "sound {sound}",
    "music.play": "music begins",
    "music.stop": "music ends",
    "alarm.start": "the alarm rings ({why})",
    "alarm.stop": "the alarm stops ({why})",
    "room.bed_exit": "a sleeper has left the bed{by}",
    "room.set_state": "{state} ({why}){by}",
    "room.cancel_sleep_transition": "nobody falls asleep after all",
    "notify": "a message is sent{text}",
}
"""By the wire type; `{source}`, `{by}`, `{text}` and `{device}` bring their own punctuation, and may be empty."""

STATES: Final[Mapping[str, str]] = {
    RoomState.EMPTY: "empty",
    RoomState.OCCUPIED: "occupied",
    RoomState.SLEEP: "asleep",
    RoomState.WAKE: "waking",
}

REASONS: Final[Mapping[str, str]] = {
    Why.CAME_IN: "somebody came in",
    Why.LEFT: "nobody has been there for a while",
    Why.ASKED: "somebody asked for it",
    Why.TOUCHED: "somebody changed the lights",
    Why.FELL_ASLEEP: "somebody has been lying still in bed",
    Why.STILL_AWAKE: "somebody said that they are awake",
    Why.NIGHT_VISIT: "somebody got up in the night",
    Why.BACK_IN_BED: "somebody is back in bed",
    Why.GOT_UP: "somebody got up",
    Why.SUNRISE: "an alarm is due soon",
    Why.ALARM: "it is time",
    Why.ALARM_AGAIN: "nobody has got up, or somebody is back in bed",
    Why.OUT_OF_BED: "somebody is out of bed",
    Why.UP_ALREADY: "somebody was up already",
    Why.NOBODY_HOME: "nobody is home",
    Why.BUTTON: "the button was pressed",
    Why.APP: "it was stopped in the app",
    Why.CAP: "it has rung for as long as it may",
    Why.MISSED: "it could not ring in time",
    Why.NO_WITNESS: "nothing can tell that somebody gets up",
    Why.UNHEARD: "nothing in the room can be heard",
    Why.FORCED: "somebody said so",
}


@callback
def async_describe_events(hass: HomeAssistant, async_describe_event: Describe) -> None:
    """Say in words what is recorded."""

    @callback
    def describe(event: Event[dict[str, Any]]) -> dict[str, str]:
        """Return whose and what a line of the activity is."""
        name = str(event.data.get("name", "Athena"))  # others may fire it, too
        return {LOGBOOK_ENTRY_NAME: name, LOGBOOK_ENTRY_MESSAGE: _said(hass, event.data)}

    async_describe_event(DOMAIN, EVENT, describe)


def _said(hass: HomeAssistant, told: Mapping[str, Any]) -> str:
    """Return a fact or an order in words; of one that this version no longer knows its type."""
    kind = str(told.get("type", ""))
    names = [_name(hass, source) for source in told.get("by", ())]
    words = {key: _word(value) for key, value in told.items()} | {
        "source": f": {_name(hass, told['source'])}" if "source" in told else "",
        "by": f": {', '.join(names)}" if names else "",
        "text": f": “{told['text']}”" if "text" in told else "",
        "device": f": {told['device']}" if "device" in told else "",
    }
    try:
        return MESSAGES[kind].format(**words)
    except KeyError:  # recorded by another version
        return kind


def _word(value: object) -> str:
    match value:
        case bool():
            return "on" if value else "off"
        case str():
            return STATES.get(value) or REASONS.get(value) or value
        case _:
            return str(value)


def _name(hass: HomeAssistant, source: object) -> str:
    """Return what people call a source."""
    state = hass.states.get(str(source))
    return str(source) if state is None else state.name
