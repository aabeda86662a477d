"""Sensors of the bed, of any make, tell who lies in it."""

from homeassistant.core import HomeAssistant

from custom_components.athena.brain.sensors import SensorKind
from custom_components.athena.sources.bed import BedSource

from .conftest import Watch

MAT = "binary_sensor.mat"


async def test_a_mat_tells_that_somebody_lies_down_and_gets_up(hass: HomeAssistant, watch: Watch) -> None:
    hass.states.async_set(MAT, "off")
    facts = await watch(BedSource(), beds={MAT: None})
    assert await facts.all() == [("bed.cleared", MAT)]
    hass.states.async_set(MAT, "on")
    assert await facts.all() == [("bed.occupied", MAT)]
    hass.states.async_set(MAT, "off")
    assert await facts.all() == [("bed.cleared", MAT)]


async def test_each_side_of_a_shared_bed_is_told_apart(hass: HomeAssistant, watch: Watch) -> None:
    facts = await watch(BedSource(), beds={"binary_sensor.his": "left", "binary_sensor.hers": "right"})
    assert [event.type for event in facts.events] == ["sensor.lost", "sensor.lost"]
    facts.events.clear()
    hass.states.async_set("binary_sensor.his", "on", {"device_class": "vibration"})
    told = await facts.only()
    assert (told.type, told.source) == ("bed.occupied", "binary_sensor.his")
    assert (getattr(told, "side", None), getattr(told, "kind", None)) == ("left", SensorKind.MAT)
    hass.states.async_set("binary_sensor.hers", "off")
    assert getattr(await facts.only(), "side", None) == "right"


async def test_a_mat_that_dies_is_lost_not_left(hass: HomeAssistant, watch: Watch) -> None:
    hass.states.async_set(MAT, "on")
    facts = await watch(BedSource(), beds={MAT: None})
    await facts.all()
    for gone in ("unavailable", "unknown"):
        hass.states.async_set(MAT, gone)
        assert await facts.all() == [("sensor.lost", MAT)]
    hass.states.async_remove(MAT)
    assert await facts.all() == [("sensor.lost", MAT)]


async def test_a_mat_that_lets_go_fifty_times_is_told_of_each_time(hass: HomeAssistant, watch: Watch) -> None:
    hass.states.async_set(MAT, "on")
    facts = await watch(BedSource(), beds={MAT: None})
    await facts.all()
    for _ in range(50):
        hass.states.async_set(MAT, "off")
        hass.states.async_set(MAT, "on")
    assert await facts.all() == [("bed.cleared", MAT), ("bed.occupied", MAT)] * 50


async def test_the_same_word_again_is_no_news(hass: HomeAssistant, watch: Watch) -> None:
    hass.states.async_set(MAT, "on")
    facts = await watch(BedSource(), beds={MAT: None})
    await facts.all()
    hass.states.async_set(MAT, "on", {"battery": 40})
    hass.states.async_set(MAT, "on", force_update=True)
    assert await facts.all() == []


async def test_a_room_without_a_bed_sensor_says_nothing_of_a_bed(hass: HomeAssistant, watch: Watch) -> None:
    facts = await watch(BedSource())
    hass.states.async_set(MAT, "on")
    assert await facts.all() == []


async def test_what_was_so_from_the_first_is_found_and_not_felt(hass: HomeAssistant, watch: Watch) -> None:
    hass.states.async_set(MAT, "off")
    facts = await watch(BedSource(), beds={MAT: None})
    assert getattr(await facts.only(), "found", None) is True
    hass.states.async_set(MAT, "on")
    assert getattr(await facts.only(), "found", None) is False
