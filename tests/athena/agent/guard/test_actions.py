"""What the guard knows of Home Assistant's actions is so."""

import pytest
from homeassistant.components.alarm_control_panel import AlarmControlPanelEntityFeature
from homeassistant.components.climate import ClimateEntityFeature
from homeassistant.components.cover import CoverEntityFeature
from homeassistant.components.fan import FanEntityFeature
from homeassistant.components.media_player import MediaPlayerEntityFeature
from homeassistant.components.vacuum import VacuumEntityFeature
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component

from custom_components.athena.agent.guard.plausible import ACTIONS

DOMAINS = sorted(ACTIONS.keys() - {"assist_satellite", "calendar", "camera", "group", "notify", "todo"})
"""All but those that come with half of Home Assistant, and groups, which only the generic actions turn on and off."""


@pytest.mark.parametrize("domain", DOMAINS)
async def test_every_action_that_the_guard_knows_is_home_assistants(hass: HomeAssistant, domain: str) -> None:
    await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, domain, {domain: {}})
    known = hass.services.async_services_for_domain(domain).keys()
    assert ACTIONS[domain].keys() <= known


@pytest.mark.parametrize(
    ("action", "features"),
    [
        ("cover.set_cover_position", CoverEntityFeature.SET_POSITION),
        ("cover.toggle", CoverEntityFeature.OPEN | CoverEntityFeature.CLOSE),
        (
            "climate.set_temperature",
            ClimateEntityFeature.TARGET_TEMPERATURE | ClimateEntityFeature.TARGET_TEMPERATURE_RANGE,
        ),
        ("climate.turn_off", ClimateEntityFeature.TURN_OFF),
        ("fan.set_percentage", FanEntityFeature.SET_SPEED),
        ("media_player.volume_mute", MediaPlayerEntityFeature.VOLUME_MUTE),
        ("media_player.volume_up", MediaPlayerEntityFeature.VOLUME_SET | MediaPlayerEntityFeature.VOLUME_STEP),
        ("media_player.media_next_track", MediaPlayerEntityFeature.NEXT_TRACK),
        ("media_player.play_media", MediaPlayerEntityFeature.PLAY_MEDIA),
        ("vacuum.start", VacuumEntityFeature.START),
        ("vacuum.return_to_base", VacuumEntityFeature.RETURN_HOME),
        ("alarm_control_panel.alarm_arm_night", AlarmControlPanelEntityFeature.ARM_NIGHT),
    ],
)
def test_a_feature_is_the_one_that_home_assistant_asks_for(action: str, features: int) -> None:
    domain, _, name = action.partition(".")
    assert ACTIONS[domain][name] == features
