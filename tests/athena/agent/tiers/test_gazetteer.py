"""What Home Assistant's second matcher makes of a sentence is taken only where it has heard all of it."""

import pytest
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from ...saying import Speaker


@pytest.fixture
def speaker(hass: HomeAssistant, athena: MockConfigEntry) -> Speaker:
    """Return somebody at a home whose lights are off."""
    return Speaker(hass)


def _lit(hass: HomeAssistant) -> set[str]:
    return {entity for entity in hass.states.async_entity_ids("light") if hass.states.is_state(entity, "on")}


async def test_a_name_that_was_misheard_is_found(
    hass: HomeAssistant, athena: MockConfigEntry, speaker: Speaker
) -> None:
    await speaker.says("turn on the bedrom lamp")
    assert _lit(hass) == {"light.bedroom_lamp"}


@pytest.mark.parametrize(
    "said",
    [
        "turn on the bedroom lamp kitchen",
        "light.turn_on entity_id all",
        "{'light': 'turn on'}",
    ],
)
async def test_a_word_that_matters_is_not_passed_over(hass: HomeAssistant, speaker: Speaker, said: str) -> None:
    await speaker.says(said)
    assert _lit(hass) == set()
