"""What Home Assistant's repairs do about an issue that can be closed by hand."""

import probatio as vol
from homeassistant.components.repairs import ConfirmRepairFlow, RepairsFlow, RepairsFlowResult
from homeassistant.core import HomeAssistant

from . import pipelines


class AskAthenaFirstFlow(RepairsFlow):
    """Lets a pipeline ask Athena before Home Assistant acts."""

    def __init__(self, pipeline_id: str, name: str) -> None:
        self._pipeline_id = pipeline_id
        self._name = name

    async def async_step_init(self, user_input: dict[str, str] | None = None) -> RepairsFlowResult:  # noqa: ARG002
        """Begin."""
        return await self.async_step_confirm()

    async def async_step_confirm(self, user_input: dict[str, str] | None = None) -> RepairsFlowResult:
        """Ask, then mend."""
        if user_input is None:
            placeholders = {"pipeline": self._name}
            return self.async_show_form(
                step_id="confirm", data_schema=vol.Schema({}), description_placeholders=placeholders
            )
        await pipelines.async_mend(self.hass, self._pipeline_id)
        return self.async_create_entry(data={})


async def async_create_fix_flow(
    hass: HomeAssistant, issue_id: str, data: dict[str, str | int | float | None] | None
) -> RepairsFlow:
    """Return the flow of an issue; of the store that could not be read there is only something to read."""
    if issue_id.startswith(pipelines.PREFERS_LOCAL) and data is not None:
        return AskAthenaFirstFlow(str(data["pipeline"]), pipelines.name_of(hass, str(data["pipeline"])))
    return ConfirmRepairFlow()
