"""Adding and changing a room."""

from typing import Any

import probatio as vol
from homeassistant.components.binary_sensor import DOMAIN as BINARY_SENSOR_DOMAIN
from homeassistant.components.light import DOMAIN as LIGHT_DOMAIN
from homeassistant.config_entries import ConfigSubentryFlow, SubentryFlowResult
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers.selector import (
    AreaSelector,
    DurationSelector,
    DurationSelectorConfig,
    EntitySelector,
    EntitySelectorConfig,
)

from ..const import CONF_EMPTY_AFTER, CONF_LIGHTS, CONF_SENSORS

CONF_AREA = "area"

DETAILS = {
    vol.Optional(CONF_SENSORS): EntitySelector(EntitySelectorConfig(domain=BINARY_SENSOR_DOMAIN, multiple=True)),
    vol.Optional(CONF_LIGHTS): EntitySelector(EntitySelectorConfig(domain=LIGHT_DOMAIN, multiple=True)),
    vol.Optional(CONF_EMPTY_AFTER): DurationSelector(DurationSelectorConfig(enable_day=False)),
}
DETAILS_SCHEMA = vol.Schema(DETAILS)
SCHEMA = vol.Schema({vol.Required(CONF_AREA): AreaSelector(), **DETAILS})


class RoomSubentryFlow(ConfigSubentryFlow):
    """A room is an area of Home Assistant that Athena looks after."""

    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Add a room."""
        errors: dict[str, str] = {}
        if user_input is not None:
            area = ar.async_get(self.hass).async_get_area(user_input[CONF_AREA])
            data = {key: value for key, value in user_input.items() if key != CONF_AREA}
            rooms = {subentry.unique_id for subentry in self._get_entry().subentries.values()}
            if area is None:
                errors[CONF_AREA] = "unknown_area"
            elif area.id in rooms:
                return self.async_abort(reason="already_configured")
            elif not (errors := _check(user_input)):
                return self.async_create_entry(title=area.name, data=data, unique_id=area.id)
        schema = self.add_suggested_values_to_schema(SCHEMA, user_input)
        return self.async_show_form(step_id="user", data_schema=schema, errors=errors)

    async def async_step_reconfigure(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Change a room's sensors, lights and timing."""
        errors: dict[str, str] = {}
        subentry = self._get_reconfigure_subentry()
        if user_input is not None and not (errors := _check(user_input)):
            return self.async_update_and_abort(self._get_entry(), subentry, data=user_input)
        schema = self.add_suggested_values_to_schema(DETAILS_SCHEMA, user_input or subentry.data)
        return self.async_show_form(
            step_id="reconfigure",
            data_schema=schema,
            errors=errors,
            description_placeholders={"room": subentry.title},
        )


def _check(user_input: dict[str, Any]) -> dict[str, str]:
    """Return the errors of the form: a room may not be empty after no time at all."""
    empty_after = user_input.get(CONF_EMPTY_AFTER)
    return {CONF_EMPTY_AFTER: "too_short"} if empty_after and not any(empty_after.values()) else {}
