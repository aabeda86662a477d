"""What every capability can rely on, and what none of them can do to the house."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, ClassVar, override

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed

from custom_components.athena import capabilities
from custom_components.athena.brain.commands import Command, LightsSetScene
from custom_components.athena.brain.events import Event, MotionDetected
from custom_components.athena.companion.capability import Capability
from custom_components.athena.companion.greeted import Waking
from custom_components.athena.rooms import RoomConfig

from .clock import BEDROOM, async_act, async_ring, async_set_alarm
from .home import async_move


class Diary(Capability):
    """Writes down what it is told."""

    key: ClassVar = "diary"
    alive: ClassVar[list[Diary]] = []
    told: ClassVar[list[str]] = []

    @override
    async def async_start(self) -> None:
        self.alive[:] = [self]
        self.desk.memory["starts"] = self.desk.memory.get("starts", 0) + 1
        self.desk.remember()

    @override
    def on_fact(self, room: RoomConfig, event: Event) -> None:
        if isinstance(event, MotionDetected):
            self.told.append(f"{room.title}: somebody")

    @override
    def on_order(self, room: RoomConfig, command: Command) -> None:
        if isinstance(command, LightsSetScene):
            self.told.append(f"{room.title}: {command.scene}")

    @override
    async def on_waking(self, waking: Waking) -> str:
        return f"Dear diary, {waking.room.title}."


class Clumsy(Capability):
    """Fails in whatever it does."""

    key: ClassVar = "clumsy"

    @override
    def on_fact(self, room: RoomConfig, event: Event) -> None:
        raise ValueError("it fell")

    @override
    async def async_start(self) -> None:
        raise KeyError(self.desk.memory["what it never wrote"])

    @override
    async def on_waking(self, waking: Waking) -> str:
        raise HomeAssistantError("no words")


@pytest.fixture(autouse=True)
def _only_these(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(capabilities, "ALL", (Clumsy, Diary))
    Diary.told.clear()
    yield
    Diary.alive.clear()


def _diary() -> Diary:
    (one,) = Diary.alive
    return one


async def test_one_that_fails_keeps_neither_the_others_nor_the_room_from_their_work(
    hass: HomeAssistant, athena: MockConfigEntry, caplog: pytest.LogCaptureFixture
) -> None:
    at_the_start = [record.getMessage() for record in caplog.get_records("setup")]
    assert "clumsy cannot go on from what it remembers, and starts afresh" in at_the_start
    await async_move(hass, "bedroom", somebody=True)
    assert Diary.told == ["Bedroom: somebody", "Bedroom: entry"]
    assert hass.states.get("sensor.bedroom_state").state == "occupied"  # type: ignore[union-attr]
    assert [*at_the_start, *caplog.messages].count("clumsy failed") == 1


@pytest.mark.usefixtures("athena")
async def test_what_it_remembers_outlives_a_restart_and_is_forgotten_with_athena(
    hass: HomeAssistant, hass_storage: dict[str, Any]
) -> None:
    (entry,) = hass.config_entries.async_entries("athena")
    await hass.config_entries.async_reload(entry.entry_id)
    assert _diary().desk.memory == {"starts": 2}
    await hass.config_entries.async_unload(entry.entry_id)
    assert hass_storage["athena.companion"]["data"]["diary"] == {"starts": 2}
    await hass.config_entries.async_remove(entry.entry_id)
    assert "athena.companion" not in hass_storage


@pytest.mark.parametrize("stored", [["?"], {"diary": "?"}])
async def test_what_is_no_memory_is_forgotten(
    hass: HomeAssistant, home: None, entry: MockConfigEntry, hass_storage: dict[str, Any], stored: object
) -> None:
    hass_storage["athena.companion"] = {"version": 1, "minor_version": 1, "key": "athena.companion", "data": stored}
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    assert _diary().desk.memory == {"starts": 1}


@pytest.mark.usefixtures("athena")
async def test_a_wait_ends_at_its_moment_and_at_once_where_the_clock_is_put_forward(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    desk, ended = _diary().desk, []
    desk.wait("tea", dt_util.utcnow() + timedelta(minutes=3), lambda: ended.append("too soon"))
    desk.wait("tea", dt_util.utcnow() + timedelta(minutes=4), lambda: ended.append("tea"))
    freezer.tick(timedelta(minutes=3, seconds=30))
    async_fire_time_changed(hass)
    assert ended == []
    freezer.tick(timedelta(minutes=1))
    async_fire_time_changed(hass)
    assert ended == ["tea"]
    desk.wait("night", dt_util.utcnow() + timedelta(hours=8), lambda: ended.append("night"))
    freezer.tick(timedelta(hours=9))
    desk.look_at_the_clock(dt_util.utcnow())
    assert ended == ["tea", "night"]


@pytest.mark.usefixtures("athena")
async def test_nothing_waits_once_athena_is_unloaded(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    ended: list[str] = []
    _diary().desk.wait("tea", dt_util.utcnow() + timedelta(minutes=3), lambda: ended.append("tea"))
    (entry,) = hass.config_entries.async_entries("athena")
    await hass.config_entries.async_unload(entry.entry_id)
    freezer.tick(timedelta(minutes=4))
    async_fire_time_changed(hass)
    assert ended == []


@pytest.mark.usefixtures("athena")
async def test_what_fails_in_the_background_is_logged_once_and_once_when_it_works_again(
    hass: HomeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail() -> None:
        raise HomeAssistantError("no player")

    async def work() -> None:
        pass

    caplog.set_level(logging.INFO)
    for what in (fail, fail, work, work, fail):
        _diary().desk.start(what())
        await hass.async_block_till_done(wait_background_tasks=True)
    ours = [line for name, _, line in caplog.record_tuples if name.endswith("companion.desk")]
    assert ours == ["diary failed: no player", "diary works again", "diary failed: no player"]


@pytest.mark.usefixtures("athena")
async def test_quiet_hours_silence_what_nobody_asked_for(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    said: list[Command] = []
    runtime = athena.runtime_data
    runtime.async_listen_commands("bedroom", lambda command, _context: said.append(command))
    await _diary().desk.async_say(runtime.rooms["bedroom"], "Break.")
    assert [command.type for command in said] == ["audio.say"]
    await hass.services.async_call("switch", "turn_on", {"entity_id": "switch.bedroom_quiet_hours"}, blocking=True)
    said.clear()
    await _diary().desk.async_say(runtime.rooms["bedroom"], "Break.")
    assert "audio.say" not in [command.type for command in said]


async def test_each_says_its_word_to_who_has_got_up_though_another_fails(
    hass: HomeAssistant, athena: MockConfigEntry, caplog: pytest.LogCaptureFixture
) -> None:
    said: list[str] = []
    athena.runtime_data.async_listen_commands(BEDROOM, lambda told, _context: said.append(getattr(told, "text", "")))
    await async_set_alarm(hass, profile="firm")
    await async_ring(hass, athena)
    said.clear()
    await async_act(hass, "stop_alarm", room=BEDROOM, confirmation=True)
    assert [line for line in said if line] == ["Good morning, Arman.", "Dear diary, Bedroom."]
    assert caplog.text.count("clumsy failed: no words") == 1
    await hass.services.async_call("athena", "say", {"room": BEDROOM, "text": "Good night, Arman."}, blocking=True)
    assert said[-1] == "Good night, Arman.", "only the brain's own greeting is followed by another word"
