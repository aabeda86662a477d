"""What a user lets be opened by voice, and the PIN for the rest."""

import json
from pathlib import Path
from typing import Any

import pytest
from homeassistant.config_entries import ConfigFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from pytest_homeassistant_custom_component.common import MockConfigEntry

import custom_components.athena as integration
from custom_components.athena.diagnostics import async_get_config_entry_diagnostics
from custom_components.athena.options_flow import SAFETY


async def _open(hass: HomeAssistant, entry: MockConfigEntry) -> ConfigFlowResult:
    menu = await hass.config_entries.options.async_init(entry.entry_id)
    assert menu["menu_options"] is not None
    assert "safety" in menu["menu_options"]
    return await hass.config_entries.options.async_configure(menu["flow_id"], {"next_step_id": "safety"})


async def _settle(hass: HomeAssistant, form: ConfigFlowResult, **said: Any) -> ConfigFlowResult:
    result = await hass.config_entries.options.async_configure(form["flow_id"], said)
    await hass.async_block_till_done(wait_background_tasks=True)
    return result


async def test_nothing_may_be_opened_at_first_and_every_field_is_explained(
    hass: HomeAssistant, athena: MockConfigEntry
) -> None:
    form = await _open(hass, athena)
    assert form["data_schema"] is not None
    assert form["data_schema"]({}) == {}
    words = json.loads((Path(str(integration.__file__)).parent / "translations/en.json").read_text("utf-8"))
    step = words["options"]["step"]["safety"]
    assert set(step["data"]) == set(step["data_description"]) == {str(field) for field in SAFETY.schema}


async def test_what_is_settled_is_kept_beside_the_other_options(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    settled = {"voice_may_open": ["lock.front_door"], "voice_pin": "2468"}
    result = await _settle(hass, await _open(hass, athena), **settled)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert athena.options == {"name": "Arman", **settled}


async def test_an_empty_form_takes_everything_back(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await _settle(hass, await _open(hass, athena), voice_may_open=["lock.front_door"], voice_pin="2468")
    await _settle(hass, await _open(hass, athena))
    assert athena.options == {"name": "Arman"}


@pytest.mark.parametrize("pin", ["123", "123456789", "12a4", "12 34", "١٢٣٤"])
async def test_a_pin_has_four_to_eight_digits(hass: HomeAssistant, athena: MockConfigEntry, pin: str) -> None:
    result = await _settle(hass, await _open(hass, athena), voice_pin=pin)
    assert result["type"] is FlowResultType.FORM
    assert result["errors"] == {"voice_pin": "wrong_pin"}
    assert "voice_pin" not in athena.options
    result = await _settle(hass, result, voice_pin="1234")
    assert athena.options["voice_pin"] == "1234"


async def test_the_pin_is_in_no_diagnostics(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await _settle(hass, await _open(hass, athena), voice_pin="97531246")
    assert "97531246" not in str(await async_get_config_entry_diagnostics(hass, athena))
