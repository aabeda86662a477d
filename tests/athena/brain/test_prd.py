"""What the PRD lists, name by name: §8 (persona), §15 (events and intents), §16 (what else it must be)."""

import json

import pytest

from custom_components.athena.brain import commands, events, phrases, scenes
from custom_components.athena.brain.commands import Command, RoomSetState
from custom_components.athena.brain.events import Event, SatelliteLost
from custom_components.athena.brain.house import House
from custom_components.athena.brain.room_state import RoomState
from custom_components.athena.brain.settings import RoomSettings

from .life import Life, lines, told


def _types(module: object, base: type[Event | Command]) -> set[str]:
    kinds = [kind for kind in vars(module).values() if isinstance(kind, type) and issubclass(kind, base)]
    return {kind.type for kind in kinds if "type" in vars(kind)}


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (phrases.addressed(phrases.WELCOME_BACK, "Arman"), "Welcome back, Arman."),
        (phrases.device_is("lights", "on"), "Lights on."),
        (phrases.SLEEP_MODE_DISABLED, "Sleep mode disabled."),
        (phrases.UNDERSTOOD, "Understood."),
        (phrases.DID_NOT_CATCH, "I didn't catch that."),
        (phrases.CANNOT_DO, "I can't do that."),
        (phrases.WENT_WRONG, "Something went wrong."),
        (phrases.addressed(phrases.GOODBYE, "Arman"), "Goodbye."),
        (phrases.FOCUS_MODE, "Focus mode."),
        (phrases.NIGHT_MODE, "Night mode."),
        (phrases.wake_up("Arman"), "Arman, wake up now."),
        (phrases.wake_up(None), "Wake up now."),
        (phrases.addressed(phrases.GOOD_MORNING, "Arman"), "Good morning, Arman."),
        (phrases.addressed(phrases.GOOD_MORNING, None), "Good morning."),
    ],
)
def test_prd_8_and_9_the_exact_lines(line: str, wanted: str) -> None:
    assert line == wanted


@pytest.mark.parametrize("name", [name for name in vars(phrases) if name.isupper() and name != "TYPE_CHECKING"])
def test_prd_8_short_direct_and_without_filler(name: str) -> None:
    line = getattr(phrases, name)
    if isinstance(line, str):
        assert len(line.split()) <= 12
        assert not any(
            filler in line.lower() for filler in ("certainly", "of course", "happy to", "sure thing", "sorry", "!")
        )


def test_prd_9_the_sleep_scene_and_the_light_at_night_are_silent() -> None:
    assert scenes.SLEEP.line == scenes.PATH.line == ""


@pytest.mark.parametrize(
    "name",
    [
        "presence.motion_detected",
        "presence.room_empty_timeout",
        "vision.posture_update",
        "vision.sleep_state",
        "vision.bed_exit",
        "voice.wake_word",
        "voice.command",
        "scheduler.alarm_trigger",
    ],
)
def test_prd_15_event_types(name: str) -> None:
    assert name in _types(events, Event)


@pytest.mark.parametrize(
    "name",
    [
        "lights.set_state",
        "lights.set_scene",
        "lights.animate",
        "device.on",
        "device.off",
        "device.status",
        "audio.say",
        "alarm.start",
        "alarm.stop",
        "room.set_state",
        "room.cancel_sleep_transition",
    ],
)
def test_prd_15_intent_types(name: str) -> None:
    assert name in _types(commands, Command)


def test_prd_15_voice_takes_precedence_over_what_the_camera_sees() -> None:
    life = Life()
    life.till("22:00")
    life.posture("lying")
    life.passes(minutes=9, seconds=59)
    life.said("I'm still awake")
    assert "room.set_state" not in told(life.passes(minutes=30))
    assert lines(life.said("focus mode")) == ["Focus mode."]
    assert life.room.scene == "focus"


def test_prd_15_intents_are_small_and_json_serialisable() -> None:
    for order in Life().seen():
        assert isinstance(order, Command)
        assert len(json.dumps({field: str(getattr(order, field)) for field in order.__slots__})) < 200


def test_prd_16_on_startup_a_safe_state_lights_controllable_no_stuck_alarms() -> None:
    house = House([RoomSettings(room="bedroom")])
    assert house.resume(Life().now) == ()
    room = house.rooms["bedroom"]
    assert (room.state, room.ringing, room.waking) == (RoomState.EMPTY, (), ())
    life = Life()
    assert "lights.set_state" in told(life.said("lights on"))


def test_prd_16_camera_disconnect_recovers_gracefully() -> None:
    life = Life()
    life.falls_asleep()
    life.tell(SatelliteLost, "camera")
    assert life.room.sleeping
    assert life.room.witnesses().lost == ("camera",)
    life.posture("lying")
    assert life.room.witnesses().lost == ()


def test_prd_16_pir_glitches_do_not_turn_the_lights_off() -> None:
    life = Life()
    life.seen(held=True)
    for _ in range(100):
        life.passes(seconds=5)
        life.cleared()
        life.lost()
        life.passes(seconds=5)
        orders = life.seen(held=True)
        assert not any(isinstance(order, RoomSetState) for order in orders)
