"""Kasa plugs in a home: emulated ones, added through Home Assistant's own config flow."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from homeassistant.components.tplink.coordinator import TPLinkConfigEntry
from homeassistant.config_entries import SOURCE_USER, ConfigFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import entity_registry as er
from kasa import Discover

from tests.neighbours.kasa.hs110 import Hs110
from tests.neighbours.kasa.kp125m import PASSWORD, USERNAME, Kp125m
from tests.neighbours.kasa.plug import Plug

from ..saying import expose


@dataclass(slots=True)
class Added:
    """A plug that Home Assistant has."""

    hass: HomeAssistant
    device: Kp125m | Hs110
    entry: TPLinkConfigEntry

    @property
    def plug(self) -> Plug:
        """The plug itself."""
        return self.device.plug

    def entity(self, domain: str, name: str | None = None) -> str:
        """Return the id of the plug's own entity, of the given name; None: the plug's."""
        registry = er.async_get(self.hass)
        (found,) = (
            each.entity_id
            for each in er.async_entries_for_config_entry(registry, self.entry.entry_id)
            if each.domain == domain and (each.original_name == name)
        )
        return found

    async def async_poll(self) -> None:
        """Let Home Assistant ask the plug how it is, as it does every 5 seconds."""
        await self.entry.runtime_data.parent_coordinator.async_refresh()
        await self.hass.async_block_till_done(wait_background_tasks=True)


class Plugs:
    """Adds plugs to a home, and takes them away again."""

    def __init__(self, hass: HomeAssistant, patch: pytest.MonkeyPatch) -> None:
        self._hass = hass
        self._patch = patch
        self._added: list[Added] = []

    async def async_add(self, device: Kp125m | Hs110, *, exposed: bool = True) -> Added:
        """Plug one in and add it by its address, as a user does.

        `exposed`: its meter is exposed to Assist, too, which Home Assistant does not do by itself.
        """
        await device.plug_in()
        flow = await self.async_ask(device)
        if flow["type"] is FlowResultType.FORM:
            flow = await self.async_log_in(flow, USERNAME, PASSWORD)
        assert flow["type"] is FlowResultType.CREATE_ENTRY
        await self._hass.async_block_till_done(wait_background_tasks=True)
        added = Added(self._hass, device, flow["result"])
        self._added.append(added)
        if exposed:
            meters = ("Current consumption", "Today's consumption", "This month's consumption")
            expose(self._hass, *(added.entity("sensor", name) for name in meters))
        return added

    async def async_ask(self, device: Kp125m | Hs110) -> ConfigFlowResult:
        """Type a plug's address in."""
        if isinstance(device, Kp125m) and device.discovery_port is not None:  # UDP 20002 may be somebody else's here
            self._patch.setattr(Discover, "DISCOVERY_PORT_2", device.discovery_port)
        return await self._hass.config_entries.flow.async_init(
            "tplink", context={"source": SOURCE_USER}, data={"host": f"{device.host}:{device.port}"}
        )

    async def async_log_in(self, flow: ConfigFlowResult, username: str, password: str) -> ConfigFlowResult:
        """Type the owner's account in."""
        return await self._hass.config_entries.flow.async_configure(
            flow["flow_id"], {"username": username, "password": password}
        )

    async def async_remove(self) -> None:
        """Unload and unplug all."""
        for added in self._added:
            await self._hass.config_entries.async_unload(added.entry.entry_id)
            await added.device.unplug()
        await self._hass.async_block_till_done(wait_background_tasks=True)


@asynccontextmanager
async def plugs_in(hass: HomeAssistant, patch: pytest.MonkeyPatch) -> AsyncIterator[Plugs]:
    """Return what adds plugs to this home; they are gone in the end."""
    plugs = Plugs(hass, patch)
    try:
        yield plugs
    finally:
        await plugs.async_remove()
