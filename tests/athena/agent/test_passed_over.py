"""What Home Assistant's matchers make of a sentence of which they have not understood all is neither done nor told."""

import pytest
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from ..saying import Speaker


@pytest.fixture
def speaker(hass: HomeAssistant, athena: MockConfigEntry) -> Speaker:
    return Speaker(hass)


@pytest.mark.parametrize(
    "text",
    [
        "who is the president of France",
        "who is playing tonight",
        "what is the price of electricity in Germany",
        "every morning turn on the lamp",
        "wake me in eight hours",
        "the kitchen one",
        "turn on the bedroom ones",
        "is any window open",
    ],
)
async def test_it_is_left_alone(speaker: Speaker, text: str) -> None:
    assert await speaker.says(text) in ("I didn't catch that.", "I can't do that.")
