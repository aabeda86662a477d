"""Motion sensors of any make become presence in a room."""

from collections.abc import Callable

import pytest
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.brain.events import MotionDetected
from custom_components.athena.brain.sensors import SensorKind
from custom_components.athena.const import DOMAIN
from custom_components.athena.sources.presence import PresenceSource

from ..home import async_move
from .conftest import Watch


def _state(hass: HomeAssistant) -> str:
    state = hass.states.get("sensor.living_room_state")
    assert state is not None
    return state.state


async def test_somebody_comes_in(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    assert _state(hass) == "empty"
    await async_move(hass, "living_room", somebody=True)
    assert _state(hass) == "occupied"
    lamp = hass.states.get("light.lamp")
    assert lamp is not None
    assert lamp.attributes["rgb_color"] == (255, 215, 0)
    assert hass.states.is_state("light.kitchen_light", "off")


async def test_somebody_who_was_there_before_athena_is_not_welcomed(
    hass: HomeAssistant, home: None, entry: MockConfigEntry
) -> None:
    await async_move(hass, "living_room", somebody=True)
    entry.add_to_hass(hass)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert _state(hass) == "occupied"
    assert hass.states.is_state("light.lamp", "off")


async def test_a_sensor_that_comes_back_seeing_somebody_is_no_arrival(
    hass: HomeAssistant, athena: MockConfigEntry
) -> None:
    hass.states.async_set("binary_sensor.living_room_motion", "unavailable")
    await hass.async_block_till_done()
    hass.states.async_set("binary_sensor.living_room_motion", "on")
    await hass.async_block_till_done(wait_background_tasks=True)
    assert _state(hass) == "occupied"
    assert hass.states.is_state("light.lamp", "off")


async def test_the_first_news_of_a_sensor_without_any_is_an_arrival(
    hass: HomeAssistant, athena: MockConfigEntry
) -> None:
    hass.states.async_set("binary_sensor.living_room_motion", "unknown")
    await hass.async_block_till_done()
    await async_move(hass, "living_room", somebody=True)
    assert hass.states.is_state("light.lamp", "on")


async def test_a_sensor_moved_into_the_area_is_followed_without_a_reload(
    hass: HomeAssistant, athena: MockConfigEntry
) -> None:
    er.async_get(hass).async_update_entity("binary_sensor.bedroom_motion", area_id="living_room")
    await async_move(hass, "bedroom", somebody=True)
    assert _state(hass) == "occupied"


MOTION = "binary_sensor.motion"


async def test_a_sensor_tells_that_it_sees_somebody_until_it_sees_nobody(hass: HomeAssistant, watch: Watch) -> None:
    hass.states.async_set(MOTION, "off", {"device_class": "motion"})
    facts = await watch(PresenceSource(), sensors=(MOTION,))
    assert await facts.all() == [("presence.cleared", MOTION)]
    hass.states.async_set(MOTION, "on", {"device_class": "motion"})
    seen = await facts.only()
    assert isinstance(seen, MotionDetected)
    assert (seen.found, seen.held, seen.kind) == (False, True, SensorKind.PIR)
    hass.states.async_set(MOTION, "off", {"device_class": "motion"})
    assert await facts.all() == [("presence.cleared", MOTION)]


async def test_a_sensor_that_cannot_tell_is_lost_which_is_not_nobody(hass: HomeAssistant, watch: Watch) -> None:
    facts = await watch(PresenceSource(), sensors=(MOTION,))
    assert await facts.all() == [("sensor.lost", MOTION)]
    hass.states.async_set(MOTION, "on")
    seen = await facts.only()
    assert isinstance(seen, MotionDetected)
    assert seen.found
    for gone in ("unavailable", "unknown"):
        hass.states.async_set(MOTION, gone)
        assert await facts.all() == [("sensor.lost", MOTION)]
    hass.states.async_set(MOTION, "on")
    seen = await facts.only()
    assert isinstance(seen, MotionDetected)
    assert not seen.found
    hass.states.async_remove(MOTION)
    assert await facts.all() == [("sensor.lost", MOTION)]


async def test_an_attribute_that_changes_is_no_new_fact(hass: HomeAssistant, watch: Watch) -> None:
    hass.states.async_set(MOTION, "on")
    facts = await watch(PresenceSource(), sensors=(MOTION,))
    await facts.all()
    hass.states.async_set(MOTION, "on", {"battery": 50})
    assert await facts.all() == []


@pytest.mark.parametrize("device_class", ["door", "window", "opening", "garage_door"])
async def test_a_door_tells_that_it_is_opened_not_that_it_stands_open(
    hass: HomeAssistant, watch: Watch, device_class: str
) -> None:
    door = "binary_sensor.it"
    hass.states.async_set(door, "on", {"device_class": device_class})
    facts = await watch(PresenceSource(), sensors=(door,))
    assert await facts.all() == [("presence.cleared", door)]
    hass.states.async_set(door, "off", {"device_class": device_class})
    assert await facts.all() == [("presence.cleared", door)]
    hass.states.async_set(door, "on", {"device_class": device_class})
    opened = await facts.only()
    assert isinstance(opened, MotionDetected)
    assert (opened.found, opened.held, opened.kind) == (False, False, SensorKind.DOOR)
    hass.states.async_set(door, "unavailable", {"device_class": device_class})
    hass.states.async_set(door, "on", {"device_class": device_class})
    assert await facts.all() == [("sensor.lost", door), ("presence.cleared", door)]


@pytest.mark.parametrize(
    ("name", "device_class", "kind"),
    [
        ("radar", "occupancy", SensorKind.MMWAVE),
        ("radar", "presence", SensorKind.MMWAVE),
        ("hue_motion", "occupancy", SensorKind.PIR),
        ("noise", "sound", SensorKind.SOUND),
        ("switch", "plug", None),
        ("switch", None, None),
    ],
)
async def test_what_a_sensor_is_its_device_class_tells(
    hass: HomeAssistant, watch: Watch, name: str, device_class: str | None, kind: SensorKind | None
) -> None:
    sensor = f"binary_sensor.{name}"
    hass.states.async_set(sensor, "on", {"device_class": device_class})
    seen = await (await watch(PresenceSource(), sensors=(sensor,))).only()
    assert isinstance(seen, MotionDetected)
    assert seen.kind is kind


async def test_what_a_user_says_that_a_sensor_is_counts(
    hass: HomeAssistant, watch: Watch, put: Callable[..., str]
) -> None:
    sensor = put("binary_sensor", "it", original_device_class="motion")
    er.async_get(hass).async_update_entity(sensor, device_class="occupancy")
    hass.states.async_set(sensor, "on", {"device_class": "motion"})
    seen = await (await watch(PresenceSource())).only()
    assert isinstance(seen, MotionDetected)
    assert seen.kind is SensorKind.MMWAVE


async def test_without_a_choice_only_what_sees_people_in_the_area_counts(
    hass: HomeAssistant, watch: Watch, put: Callable[..., str], entry: MockConfigEntry
) -> None:
    entry.add_to_hass(hass)
    room = next(iter(entry.subentries))
    seen = {
        put("binary_sensor", "pir", original_device_class="motion"),
        put("binary_sensor", "radar", original_device_class="presence"),
    }
    put("binary_sensor", "door", original_device_class="door")
    put("binary_sensor", "noise", original_device_class="sound")
    put("binary_sensor", "hidden", original_device_class="motion", hidden_by=er.RegistryEntryHider.USER)
    put("light", "lamp")
    mat = put("binary_sensor", "mat", original_device_class="occupancy")
    registry = er.async_get(hass)
    ours = registry.async_get_or_create(
        "binary_sensor",
        DOMAIN,
        "bedroom_occupancy",
        config_entry=entry,
        config_subentry_id=room,
        original_device_class="occupancy",
    ).entity_id
    registry.async_update_entity(ours, area_id="bedroom")
    facts = await watch(PresenceSource(), beds={mat: None})
    assert {source for _type, source in await facts.all()} == seen
    hass.states.async_set(ours, "on")
    assert await facts.all() == []


async def test_a_sensor_that_is_carried_away_says_no_more_of_the_room(
    hass: HomeAssistant, watch: Watch, put: Callable[..., str]
) -> None:
    sensor = put("binary_sensor", "pir", original_device_class="motion")
    hass.states.async_set(sensor, "on")
    facts = await watch(PresenceSource())
    await facts.all()
    er.async_get(hass).async_update_entity(sensor, area_id=None)
    assert await facts.all() == [("sensor.lost", sensor)]
    hass.states.async_set(sensor, "off")
    assert await facts.all() == []


async def test_a_bed_sensor_is_never_a_second_witness_as_a_presence_sensor(hass: HomeAssistant, watch: Watch) -> None:
    hass.states.async_set("binary_sensor.mat", "on")
    facts = await watch(PresenceSource(), sensors=("binary_sensor.mat", MOTION), beds={"binary_sensor.mat": None})
    assert await facts.all() == [("sensor.lost", MOTION)]


async def test_a_sensor_that_flaps_is_told_of_as_often_as_it_does(hass: HomeAssistant, watch: Watch) -> None:
    hass.states.async_set(MOTION, "off")
    facts = await watch(PresenceSource(), sensors=(MOTION,))
    await facts.all()
    for _ in range(50):
        hass.states.async_set(MOTION, "on")
        hass.states.async_set(MOTION, "on")
        hass.states.async_set(MOTION, "off")
    assert await facts.all() == [("presence.motion_detected", MOTION), ("presence.cleared", MOTION)] * 50
