"""Setting Athena up, as a user does it."""

from homeassistant.config_entries import SOURCE_USER
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import device_registry as dr
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser

from custom_components.athena.const import DOMAIN, SUBENTRY_ROOM


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


async def test_the_name_is_kept_and_can_be_changed(hass: HomeAssistant, home: None) -> None:
    entry = await _add(hass, {"name": " Arman "})
    assert entry.options == {"name": "Arman"}
    form = await hass.config_entries.options.async_init(entry.entry_id)
    await hass.config_entries.options.async_configure(form["flow_id"], {"name": ""})
    await hass.async_block_till_done()
    assert entry.options == {}
    assert entry.runtime_data is not None


async def test_there_is_one_athena(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    result = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "single_instance_allowed"


async def test_a_room_is_added_and_comes_to_life(hass: HomeAssistant, home: None) -> None:
    entry = await _add(hass, {})
    form = await hass.config_entries.subentries.async_init(
        (entry.entry_id, SUBENTRY_ROOM), context={"source": SOURCE_USER}
    )
    result = await hass.config_entries.subentries.async_configure(form["flow_id"], {"area": "kitchen"})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()
    state = hass.states.get("sensor.kitchen_state")
    assert state is not None
    assert state.state == "empty"
    (device,) = dr.async_get(hass).async_get_devices(identifiers={(DOMAIN, "kitchen")})
    assert device.area_id == "kitchen"


async def test_an_area_is_a_room_only_once(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    form = await hass.config_entries.subentries.async_init(
        (athena.entry_id, SUBENTRY_ROOM), context={"source": SOURCE_USER}
    )
    result = await hass.config_entries.subentries.async_configure(form["flow_id"], {"area": "kitchen"})
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "already_configured")


async def test_an_area_that_is_gone_and_no_time_at_all_are_refused_with_the_form_kept(
    hass: HomeAssistant, athena: MockConfigEntry
) -> None:
    hall = ar.async_get(hass).async_get_or_create("Hall")
    form = await hass.config_entries.subentries.async_init(
        (athena.entry_id, SUBENTRY_ROOM), context={"source": SOURCE_USER}
    )
    result = await hass.config_entries.subentries.async_configure(form["flow_id"], {"area": "atlantis"})
    assert result["errors"] == {"area": "unknown_area"}
    nothing = {"hours": 0, "minutes": 0, "seconds": 0}
    result = await hass.config_entries.subentries.async_configure(
        form["flow_id"], {"area": hall.id, "empty_after": nothing}
    )
    assert result["errors"] == {"empty_after": "too_short"}
    assert result["data_schema"] is not None
    kept = {str(field): (field.description or {}).get("suggested_value") for field in result["data_schema"].schema}
    assert kept["area"] == hall.id
    result = await hass.config_entries.subentries.async_configure(form["flow_id"], {"area": hall.id})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()


async def test_a_room_is_changed_without_losing_what_it_knows(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await hass.services.async_call("scene", "turn_on", {"entity_id": "scene.kitchen_focus"}, blocking=True)
    cause = athena.runtime_data.room("kitchen").cause
    kitchen = next(subentry for subentry in athena.subentries.values() if subentry.unique_id == "kitchen")
    form = await athena.start_subentry_reconfigure_flow(hass, kitchen.subentry_id)
    result = await hass.config_entries.subentries.async_configure(
        form["flow_id"], {"lights": ["light.lamp"], "empty_after": {"hours": 0, "minutes": 3, "seconds": 0}}
    )
    assert result["reason"] == "reconfigure_successful"
    await hass.async_block_till_done()
    room = athena.runtime_data.rooms["kitchen"]
    assert room.lights == ("light.lamp",)
    assert room.settings.empty_after.total_seconds() == 180
    assert athena.runtime_data.room("kitchen").cause == cause
