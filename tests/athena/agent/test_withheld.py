"""What is there but not exposed to Assist: nothing is done to it, and it is not said to be misheard."""

import pytest
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from ..saying import Speaker


@pytest.mark.parametrize("said", ["unlock the front door", "Lock the front door!", "is the front door locked"])
async def test_what_is_there_but_not_exposed_is_not_done_and_not_misheard(
    hass: HomeAssistant, athena: MockConfigEntry, said: str
) -> None:
    before = hass.states.get("lock.front_door")
    assert await Speaker(hass).says(said) == "I can't do that."
    assert hass.states.get("lock.front_door") is before
    assert athena.runtime_data.traces.as_list(with_texts=True)[-1]["cause"] == "not exposed: lock.front_door"


@pytest.mark.parametrize("said", ["I like my front door", "front door"])
async def test_what_is_no_order_is_not_caught_whatever_it_names(
    hass: HomeAssistant, athena: MockConfigEntry, said: str
) -> None:
    assert await Speaker(hass).says(said) == "I didn't catch that."
    assert athena.runtime_data.traces.as_list(with_texts=True)[-1]["cause"] == "no tier made anything of it"
