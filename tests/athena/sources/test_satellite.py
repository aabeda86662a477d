"""The satellites of a room tell whether they are there, and who speaks to them is there."""

from collections.abc import Callable

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from custom_components.athena.sources.satellite import SatelliteSource

from .conftest import Watch


async def test_a_satellite_that_goes_and_comes_is_told_of_once_each(
    hass: HomeAssistant, watch: Watch, put: Callable[..., str]
) -> None:
    satellite = put("assist_satellite", "bedside")
    hass.states.async_set(satellite, "idle")
    facts = await watch(SatelliteSource())
    assert await facts.all() == [("satellite.connected", satellite)]
    hass.states.async_set(satellite, "unavailable")
    hass.states.async_set(satellite, "unknown")
    assert await facts.all() == [("satellite.lost", satellite)]
    hass.states.async_set(satellite, "idle")
    assert await facts.all() == [("satellite.connected", satellite)]


async def test_who_speaks_is_there(hass: HomeAssistant, watch: Watch, put: Callable[..., str]) -> None:
    satellite = put("assist_satellite", "bedside")
    hass.states.async_set(satellite, "idle")
    facts = await watch(SatelliteSource())
    await facts.all()
    for state in ("listening", "processing", "responding", "idle"):
        hass.states.async_set(satellite, state)
    assert await facts.all() == [("voice.wake_word", satellite)]


async def test_a_satellite_that_waits_for_an_answer_hears_nobody_yet(
    hass: HomeAssistant, watch: Watch, put: Callable[..., str]
) -> None:
    satellite = put("assist_satellite", "bedside")
    hass.states.async_set(satellite, "idle")
    facts = await watch(SatelliteSource())
    await facts.all()
    for state in ("responding", "listening", "idle"):
        hass.states.async_set(satellite, state)
    assert await facts.all() == []


async def test_one_that_is_carried_into_another_room_is_lost_here(
    hass: HomeAssistant, watch: Watch, put: Callable[..., str]
) -> None:
    satellite = put("assist_satellite", "bedside")
    hass.states.async_set(satellite, "idle")
    facts = await watch(SatelliteSource())
    await facts.all()
    er.async_get(hass).async_update_entity(satellite, area_id=None)
    assert await facts.all() == [("satellite.lost", satellite)]
    hass.states.async_set(satellite, "listening")
    assert await facts.all() == []
