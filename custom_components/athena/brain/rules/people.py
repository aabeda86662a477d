"""Rules 6 and 10: what a person says or does wins over automation."""

from typing import Final

from .. import phrases, spoken
from ..commands import DeviceOff, DeviceOn, LightsSetScene, LightsSetState
from ..errors import RingingError, UnknownSceneError
from ..events import (
    Event,
    LightsTouched,
    PersonAway,
    PersonHome,
    QuietSet,
    RoomForced,
    SceneActivated,
    SensorLost,
    StillAwake,
    VoiceCommand,
)
from ..mind import Mind
from ..room_state import RoomState, Why
from ..rule import Rule
from ..scenes import SLEEP as SLEEP_SCENE
from ..sensors import DEBUG
from .sleep import fall_asleep_at_a_word, still_awake


def _known_scene(mind: Mind, event: SceneActivated) -> None:
    if event.scene not in mind.scenes:
        raise UnknownSceneError(event.scene)


def _scene(mind: Mind, event: SceneActivated) -> None:
    scene = mind.scenes[event.scene]
    if scene.is_light:  # darkness asked for says nothing about the next welcome
        mind.held_until = event.at + mind.settings.scene_hold
    else:
        mind.held_until = None
    mind.path_until = None
    mind.light(scene)
    mind.scene = scene.key
    mind.decide(event.at, LightsSetScene.type, Why.ASKED, scene=scene.key, by=(event.source,))
    if scene in mind.settings.scenes:  # Athena's own have a line that answers a spoken word
        mind.say(scene.line)
    if scene.key == SLEEP_SCENE.key and not mind.alarms.unfinished:
        fall_asleep_at_a_word(mind, event.at)
        mind.become(RoomState.SLEEP, Why.ASKED, event.at, (event.source,))


def _touched(mind: Mind, event: LightsTouched) -> None:
    mind.held_until = event.at + mind.settings.scene_hold if event.on else None
    mind.path_until = None
    mind.scene = None
    mind.decide(event.at, "lights", Why.TOUCHED, by=(event.source,))


def _quiet(mind: Mind, event: QuietSet) -> None:
    mind.quiet = event.on


def _may_force(mind: Mind, _event: RoomForced) -> None:
    if mind.alarms.unfinished:
        raise RingingError(mind.room)


def _forced(mind: Mind, event: RoomForced) -> None:
    mind.visit = mind.path_until = None
    mind.drowsiness.forget()
    if event.state is RoomState.EMPTY:
        mind.held_until = None
    if event.state is RoomState.SLEEP:
        fall_asleep_at_a_word(mind, event.at)
    mind.become(event.state, Why.FORCED, event.at, (event.source,))


def _home(mind: Mind, event: PersonHome | PersonAway) -> None:
    if event.source == DEBUG:
        return  # it could silence an alarm
    mind.people[event.source] = isinstance(event, PersonHome)
    _count(mind, event)


def _unknown(mind: Mind, event: SensorLost) -> None:
    """Nobody knows where somebody is: that is not away."""
    if mind.people.pop(event.source, None) is not None:
        _count(mind, event)


def _count(mind: Mind, event: Event) -> None:
    if not mind.people or any(mind.people.values()):
        mind.away_since = None
    else:
        mind.away_since = mind.away_since or event.at


def _spoken(mind: Mind, event: VoiceCommand) -> None:
    """Do what is heard in a sentence; alarms end for no word."""
    match spoken.understand(event.text, mind.scenes):
        case spoken.StillAwake():
            still_awake(mind, StillAwake(room=event.room, at=event.at, source=event.source))
            mind.say(phrases.SLEEP_MODE_DISABLED)
        case spoken.Scene(key=key):
            _scene(mind, SceneActivated(room=event.room, at=event.at, source=event.source, scene=key))
            mind.say(mind.scenes[key].line)
        case spoken.Lights(on=on):
            mind.held_until = event.at + mind.settings.scene_hold if on else None
            mind.scene = None
            mind.order(LightsSetState(room=mind.room, state="on" if on else "off"))
            mind.decide(event.at, "lights", Why.ASKED, by=(event.source,))
            mind.say(phrases.device_is("lights", "on" if on else "off"))
        case spoken.Device(name=name, on=on):
            mind.order(DeviceOn(room=mind.room, device=name) if on else DeviceOff(room=mind.room, device=name))
            mind.say(phrases.device_is(name.replace("_", " "), "on" if on else "off"))
        case spoken.Quiet(on=on):
            if not on:
                mind.quiet = False
            mind.say(phrases.QUIET_MODE if on else phrases.UNDERSTOOD)
            mind.quiet = on
        case spoken.StopAlarm():
            mind.say(phrases.OUT_OF_BED_FIRST if mind.alarms.unfinished else phrases.CANNOT_DO, exempt=True)
        case _:
            mind.say(phrases.DID_NOT_CATCH)


PEOPLE: Final = Rule(
    facts={
        SceneActivated: _scene,
        LightsTouched: _touched,
        QuietSet: _quiet,
        RoomForced: _forced,
        PersonHome: _home,
        PersonAway: _home,
        SensorLost: _unknown,
        VoiceCommand: _spoken,
    },
    refuse={SceneActivated: _known_scene, RoomForced: _may_force},
)
