"""Adding the agent."""

from typing import Any, override

from homeassistant.config_entries import ConfigFlow, ConfigFlowResult


class TalkerConfigFlow(ConfigFlow, domain="talker"):
    """Asks nothing."""

    @override
    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        return self.async_create_entry(title="Talker", data={})
