"""Setting Athena up, as a user does it."""

from homeassistant.config_entries import SOURCE_USER
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser

from custom_components.athena.const import DOMAIN


async def _add(hass: HomeAssistant, user_input: dict[str, str]) -> MockConfigEntry:
    form = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    assert form["type"] is FlowResultType.FORM
    result = await hass.config_entries.flow.async_configure(form["flow_id"], user_input)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()
    return result["result"]


async def test_nothing_has_to_be_filled_in(hass: HomeAssistant, home: None) -> None:
    entry = await _add(hass, {})
    assert entry.title == "Athena"
    assert entry.options == {}
    assert hass.states.get("conversation.athena") is not None


async def test_the_owners_first_name_is_suggested(hass: HomeAssistant, home: None) -> None:
    MockUser(is_owner=True, name="Arman Smith").add_to_hass(hass)
    form = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    assert form["data_schema"] is not None
    (field,) = form["data_schema"].schema
    assert field.description == {"suggested_value": "Arman"}


async def test_the_name_is_kept_without_spaces_around_it(hass: HomeAssistant, home: None) -> None:
    assert (await _add(hass, {"name": " Arman "})).options == {"name": "Arman"}


async def test_there_is_one_athena(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    result = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "single_instance_allowed"
