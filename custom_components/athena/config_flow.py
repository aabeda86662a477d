"""Setting Athena up: nothing has to be filled in."""

from typing import Any, Final, override

import probatio as vol
from homeassistant.config_entries import (
    ConfigEntry,
    ConfigFlow,
    ConfigFlowResult,
    ConfigSubentryFlow,
    OptionsFlow,
)
from homeassistant.core import callback
from homeassistant.helpers.selector import TextSelector

from .const import CONF_NAME, DOMAIN, SUBENTRY_AGENT, SUBENTRY_ROOM, SUBENTRY_SCENE
from .options_flow import AthenaOptionsFlow, options_of
from .subentries.agent import AgentSubentryFlow
from .subentries.room import RoomSubentryFlow
from .subentries.scene import SceneSubentryFlow

SCHEMA: Final = vol.Schema({vol.Optional(CONF_NAME): TextSelector()})


class AthenaConfigFlow(ConfigFlow, domain=DOMAIN):
    """Add the hub entry."""

    @override
    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask by which name to greet; the owner's first name is a guess, and none is fine."""
        if user_input is not None:
            return self.async_create_entry(title="Athena", data={}, options=options_of(user_input))
        owner = await self.hass.auth.async_get_owner()
        name = owner.name.split()[0] if owner is not None and owner.name and owner.name.strip() else ""
        return self.async_show_form(
            step_id="user", data_schema=self.add_suggested_values_to_schema(SCHEMA, {CONF_NAME: name})
        )

    @classmethod
    @callback
    @override
    def async_get_supported_subentry_types(cls, config_entry: ConfigEntry) -> dict[str, type[ConfigSubentryFlow]]:
        return {
            SUBENTRY_AGENT: AgentSubentryFlow,
            SUBENTRY_ROOM: RoomSubentryFlow,
            SUBENTRY_SCENE: SceneSubentryFlow,
        }

    @staticmethod
    @callback
    @override
    def async_get_options_flow(config_entry: ConfigEntry) -> OptionsFlow:
        return AthenaOptionsFlow()
