"""A sensor of posture, and where it is seen."""

import pytest
from homeassistant.core import HomeAssistant

from custom_components.athena.brain.events import Posture, PostureUpdate
from custom_components.athena.sources.posture import PostureSource

from .conftest import Facts, Watch

CAMERA = "sensor.posture"
ZONE = "sensor.zone"


async def _seen(facts: Facts) -> PostureUpdate:
    event = await facts.only()
    assert isinstance(event, PostureUpdate)
    return event


async def test_posture_and_zone_are_told_together(hass: HomeAssistant, watch: Watch) -> None:
    hass.states.async_set(CAMERA, "Lying", {"zone": "Bed", "confidence": 0.8, "motion": 0.1})
    facts = await watch(PostureSource(), posture=CAMERA)
    seen = await _seen(facts)
    assert (seen.source, seen.posture, seen.zone) == (CAMERA, Posture.LYING, "bed")
    assert (seen.confidence, seen.motion) == (0.8, 0.1)


async def test_a_zone_or_a_movement_that_changes_is_news_and_a_battery_is_not(
    hass: HomeAssistant, watch: Watch
) -> None:
    hass.states.async_set(CAMERA, "lying", {"zone": "bed"})
    facts = await watch(PostureSource(), posture=CAMERA)
    await facts.all()
    hass.states.async_set(CAMERA, "lying", {"zone": "bed", "battery": 10})
    assert await facts.all() == []
    hass.states.async_set(CAMERA, "lying", {"zone": "floor"})
    assert (await _seen(facts)).zone == "floor"
    hass.states.async_set(CAMERA, "lying", {"zone": "floor", "motion": 0.6})
    assert (await _seen(facts)).motion == 0.6


async def test_a_second_sensor_may_tell_the_zone(hass: HomeAssistant, watch: Watch) -> None:
    hass.states.async_set(CAMERA, "standing", {"zone": "bed"})
    facts = await watch(PostureSource(), posture=CAMERA, posture_zone=ZONE)
    assert await facts.all() == [("vision.lost", CAMERA)]
    hass.states.async_set(ZONE, "desk")
    seen = await _seen(facts)
    assert (seen.source, seen.posture, seen.zone) == (CAMERA, Posture.STANDING, "desk")


@pytest.mark.parametrize("zone", ["unknown", "unavailable"])
async def test_an_unknown_zone_is_never_out_of_bed(hass: HomeAssistant, watch: Watch, zone: str) -> None:
    hass.states.async_set(CAMERA, "standing")
    hass.states.async_set(ZONE, "floor")
    facts = await watch(PostureSource(), posture=CAMERA, posture_zone=ZONE)
    await facts.all()
    hass.states.async_set(ZONE, zone)
    assert await facts.all() == [("vision.lost", CAMERA)]


async def test_a_posture_without_a_zone_tells_nothing(hass: HomeAssistant, watch: Watch) -> None:
    hass.states.async_set(CAMERA, "standing")
    facts = await watch(PostureSource(), posture=CAMERA)
    assert await facts.all() == [("vision.lost", CAMERA)]


@pytest.mark.parametrize("state", ["unknown", "nobody", ""])
async def test_nobody_who_can_be_told_is_vision_lost(hass: HomeAssistant, watch: Watch, state: str) -> None:
    hass.states.async_set(CAMERA, "lying", {"zone": "bed"})
    facts = await watch(PostureSource(), posture=CAMERA)
    await facts.all()
    hass.states.async_set(CAMERA, state, {"zone": "bed"})
    assert await facts.all() == [("vision.lost", CAMERA)]


async def test_a_camera_that_dies_is_a_lost_sensor(hass: HomeAssistant, watch: Watch) -> None:
    facts = await watch(PostureSource(), posture=CAMERA)
    assert await facts.all() == [("sensor.lost", CAMERA)]
    hass.states.async_set(CAMERA, "sitting", {"zone": "bed"})
    await facts.all()
    hass.states.async_set(CAMERA, "unavailable")
    assert await facts.all() == [("sensor.lost", CAMERA)]


@pytest.mark.parametrize(
    ("said", "meant"), [(87, 0.87), ("0.5", 0.5), (-1, 0.0), (1000, 1.0), ("nan", 1.0), ("high", 1.0), (None, 1.0)]
)
async def test_nonsense_for_a_confidence_is_not_taken_for_a_number(
    hass: HomeAssistant, watch: Watch, said: object, meant: float
) -> None:
    hass.states.async_set(CAMERA, "lying", {"zone": "bed", "confidence": said})
    assert (await _seen(await watch(PostureSource(), posture=CAMERA))).confidence == meant
