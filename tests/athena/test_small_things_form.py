"""What a user sets of the small things: a section for each, under Configure → Small things."""

import json
from pathlib import Path
from typing import Any

import probatio as vol
from homeassistant.config_entries import ConfigFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers.selector import NumberSelector, NumberSelectorMode
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

import custom_components.athena as integration
from custom_components.athena import capabilities


async def _small_things(hass: HomeAssistant, entry: MockConfigEntry) -> ConfigFlowResult:
    menu = await hass.config_entries.options.async_init(entry.entry_id)
    assert "small_things" in menu["menu_options"]
    form = await hass.config_entries.options.async_configure(menu["flow_id"], {"next_step_id": "small_things"})
    assert (form["type"], form["step_id"]) == (FlowResultType.FORM, "small_things")
    return form


async def _submit(hass: HomeAssistant, form: ConfigFlowResult, user_input: dict[str, Any]) -> ConfigFlowResult:
    result = await hass.config_entries.options.async_configure(form["flow_id"], user_input)
    await hass.async_block_till_done()
    return result


def _words() -> dict[str, Any]:
    file = Path(str(integration.__file__)).parent / "translations/en.json"
    words: dict[str, Any] = json.loads(file.read_text("utf-8"))["options"]
    return words


def _in_section(form: ConfigFlowResult, key: str) -> dict[str, Any]:
    """Return what stands in the fields of a section as a browser shows them, and so sends them back."""
    assert form["data_schema"] is not None
    shown: dict[str, Any] = {}
    for marker in form["data_schema"].schema[key].schema.schema:
        if not isinstance(marker.default, vol.Undefined):
            shown[marker.schema] = marker.default()
        if "suggested_value" in (marker.description or {}):
            shown[marker.schema] = marker.description["suggested_value"]
    return shown


async def test_the_small_things_are_set_and_emptied_again(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    form = await _small_things(hass, athena)
    assert _in_section(form, "greetings") == {"day_greetings": True}
    said = {"birthday": "24 December", "day_greetings": False}
    briefing = {"weather": "weather.home", "calendars": ["calendar.diary"], "on_waking": True}
    result = await _submit(hass, form, {"greetings": said, "briefing": briefing})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    told = {"weather": "weather.home", "calendars": ["calendar.diary"]}
    assert athena.options == {"name": "Arman", "greetings": said, "briefing": told}
    form = await _small_things(hass, athena)
    assert _in_section(form, "greetings") == said
    assert _in_section(form, "briefing") == briefing
    emptied = {"greetings": {"birthday": "", "day_greetings": True}, "briefing": {"calendars": []}}
    await _submit(hass, form, emptied)
    assert athena.options == {"name": "Arman"}


async def test_small_things_that_are_left_as_they_are_change_nothing(
    hass: HomeAssistant, athena: MockConfigEntry
) -> None:
    runtime = athena.runtime_data
    form = await _small_things(hass, athena)
    shown = {key: _in_section(form, key) for key in ("greetings", "briefing")}
    assert (await _submit(hass, form, shown))["type"] is FlowResultType.CREATE_ENTRY
    assert athena.options == {"name": "Arman"}
    assert athena.runtime_data is runtime, "nothing is set up again"


async def test_a_birthday_that_is_no_day_is_said_and_what_was_filled_in_stays(
    hass: HomeAssistant, athena: MockConfigEntry
) -> None:
    form = await _small_things(hass, athena)
    form = await _submit(hass, form, {"greetings": {"birthday": "30 February", "day_greetings": False}})
    assert form["errors"] == {"greetings": "wrong_birthday"}
    assert form["errors"]["greetings"] in _words()["error"]
    assert _in_section(form, "greetings") == {"birthday": "30 February", "day_greetings": False}
    assert athena.options == {"name": "Arman"}


async def test_a_playlist_without_an_address_is_said(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    form = await _small_things(hass, athena)
    form = await _submit(hass, form, {"playlists": {"playlists": [{"name": "Jazz", "media": "  "}]}})
    assert form["errors"] == {"playlists": "playlist_nowhere"}
    assert form["errors"]["playlists"] in _words()["error"]
    assert athena.options == {"name": "Arman"}


async def test_the_small_things_reach_a_browser(
    hass: HomeAssistant, athena: MockConfigEntry, hass_client: ClientSessionGenerator
) -> None:
    assert await async_setup_component(hass, "config", {})
    client = await hass_client()
    url = "/api/config/config_entries/options/flow"
    menu = await (await client.post(url, json={"handler": athena.entry_id})).json()
    form = await (await client.post(f"{url}/{menu['flow_id']}", json={"next_step_id": "small_things"})).json()
    sections = {one["name"]: [field["name"] for field in one["schema"]] for one in form["data_schema"]}
    assert sections["greetings"] == ["birthday", "day_greetings"]
    assert sections["briefing"] == ["weather", "calendars", "on_waking"]


def test_every_small_thing_that_can_be_set_has_words() -> None:
    sections = _words()["step"]["small_things"]["sections"]
    forms = {one.key: {str(marker.schema) for marker in one.form} for one in capabilities.ALL if one.form}
    assert sections.keys() == forms.keys()
    for key, fields in forms.items():
        assert sections[key]["name"]
        assert sections[key]["data"].keys() == sections[key]["data_description"].keys() == fields


def test_a_number_that_may_be_left_out_is_no_slider() -> None:
    """A slider shows a number where there is none, and cannot be emptied again."""
    for one in capabilities.ALL:
        for marker, field in one.form.items():
            is_left_out = isinstance(marker, vol.Optional) and isinstance(marker.default, vol.Undefined)
            if is_left_out and isinstance(field, NumberSelector):
                assert field.config["mode"] == NumberSelectorMode.BOX, (one.key, marker.schema)
