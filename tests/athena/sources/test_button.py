"""The button beside the bed, and an event that says that the bed was left: real ones only."""

import pytest
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import mock_restore_cache

from custom_components.athena.source import Source
from custom_components.athena.sources.bed_exit import BedExitSource
from custom_components.athena.sources.button import ButtonSource

from .conftest import Watch

LONG_AGO = "2026-01-01T06:00:00.000+00:00"
NOW = "2026-01-02T06:00:00.000+00:00"
AGAIN = "2026-01-02T06:00:00.200+00:00"

ROLES = pytest.mark.parametrize(
    ("source", "role", "told"),
    [(ButtonSource(), "buttons", "button.pressed"), (BedExitSource(), "bed_exits", "vision.bed_exit")],
)


@ROLES
async def test_every_press_counts_once(hass: HomeAssistant, watch: Watch, source: Source, role: str, told: str) -> None:
    hass.states.async_set("event.it", "unknown")
    facts = await watch(source, **{role: ("event.it",)})
    assert await facts.all() == []
    hass.states.async_set("event.it", NOW, {"event_type": "press_start"})
    assert await facts.all() == [(told, "event.it")]
    hass.states.async_set("event.it", NOW, {"event_type": "press_start", "battery": 9})
    assert await facts.all() == []
    hass.states.async_set("event.it", AGAIN, {"event_type": "press_start"})
    assert await facts.all() == [(told, "event.it")]


@ROLES
async def test_what_is_restored_or_comes_back_is_no_press(
    hass: HomeAssistant, watch: Watch, source: Source, role: str, told: str
) -> None:
    facts = await watch(source, **{role: ("event.it",)})
    hass.states.async_set("event.it", LONG_AGO)
    assert await facts.all() == []
    for gone in ("unavailable", "unknown"):
        hass.states.async_set("event.it", gone)
        assert await facts.all() == []
    hass.states.async_set("event.it", "unavailable")
    hass.states.async_set("event.it", LONG_AGO)
    assert await facts.all() == []
    hass.states.async_remove("event.it")
    assert await facts.all() == []
    assert told


async def test_a_button_on_a_dashboard_is_pressed(hass: HomeAssistant, watch: Watch) -> None:
    mock_restore_cache(hass, (State("input_button.up", LONG_AGO),))
    facts = await watch(ButtonSource(), buttons=("input_button.up",))
    assert await async_setup_component(hass, "input_button", {"input_button": {"up": {}}})
    assert await facts.all() == []
    assert hass.states.is_state("input_button.up", LONG_AGO)
    await hass.services.async_call("input_button", "press", {"entity_id": "input_button.up"}, blocking=True)
    assert await facts.all() == [("button.pressed", "input_button.up")]


@ROLES
async def test_athenas_own_word_is_nobodys_though_it_was_chosen_once(
    hass: HomeAssistant, watch: Watch, source: Source, role: str, told: str
) -> None:
    own = er.async_get(hass).async_get_or_create("event", "athena", "bedroom_bed_exit").entity_id
    hass.states.async_set(own, "unknown")
    facts = await watch(source, **{role: (own, "event.it")})
    hass.states.async_set(own, NOW)
    assert await facts.all() == []
    hass.states.async_set("event.it", "unknown")
    hass.states.async_set("event.it", NOW)
    assert await facts.all() == [(told, "event.it")]


async def test_a_camera_that_also_tells_of_bed_exits_is_one_witness(hass: HomeAssistant, watch: Watch) -> None:
    hass.states.async_set("event.it", "unknown")
    facts = await watch(BedExitSource(), bed_exits=("event.it",), posture="sensor.posture")
    hass.states.async_set("event.it", NOW)
    assert await facts.all() == [("vision.bed_exit", "sensor.posture")]
