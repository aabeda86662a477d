"""A device of the room, by the name people call it; what it is like the agent tells, who was asked."""

from typing import ClassVar, override

from homeassistant.const import ATTR_ENTITY_ID, SERVICE_TURN_OFF, SERVICE_TURN_ON
from homeassistant.core import DOMAIN as HOMEASSISTANT_DOMAIN
from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import intent

from ..brain.commands import DeviceOff, DeviceOn
from ..const import DOMAIN
from ..output import Output
from ..rooms import RoomConfig


class DeviceOnOutput(Output[DeviceOn]):
    """Turns a device on."""

    command: ClassVar = DeviceOn

    @override
    async def async_carry_out(self, hass: HomeAssistant, room: RoomConfig, command: DeviceOn, context: Context) -> None:
        await _async_turn(hass, room, command.device, SERVICE_TURN_ON, context)


class DeviceOffOutput(Output[DeviceOff]):
    """Turns a device off."""

    command: ClassVar = DeviceOff

    @override
    async def async_carry_out(
        self, hass: HomeAssistant, room: RoomConfig, command: DeviceOff, context: Context
    ) -> None:
        await _async_turn(hass, room, command.device, SERVICE_TURN_OFF, context)


async def _async_turn(hass: HomeAssistant, room: RoomConfig, device: str, service: str, context: Context) -> None:
    target = {ATTR_ENTITY_ID: _entity_of(hass, room, device)}
    await hass.services.async_call(HOMEASSISTANT_DOMAIN, service, target, blocking=True, context=context)


@callback
def _entity_of(hass: HomeAssistant, room: RoomConfig, device: str) -> str:
    """Return the one entity of the room that is called so, by name or alias; the wire writes `record_player`."""
    name = device.replace("_", " ")
    wanted = intent.MatchTargetsConstraints(name=name, area_name=room.room, single_target=True)
    found = intent.async_match_targets(hass, wanted)
    if found.is_match:
        return found.states[0].entity_id
    raise ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key="no_device",
        translation_placeholders={"device": name, "room": room.title},
    )
