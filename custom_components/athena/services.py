"""Athena's actions, as Home Assistant registers them: once, whether or not a house is loaded."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

import probatio as vol
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, ServiceCall, ServiceResponse, callback
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.service import async_register_admin_service

from .action import Action, Call
from .actions import ALL
from .areas import area_of
from .brain.errors import UnknownRoomError
from .const import DOMAIN
from .refusals import refusal_of, refused
from .rooms import RoomConfig
from .runtime import Runtime

ROOM: Final = "room"

ANYTHING: Final = vol.Schema({}, extra=vol.ALLOW_EXTRA)
"""What Home Assistant checks; we do it ourselves, since its words for nonsense are in no translation."""


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register every action."""
    for action in ALL:
        do = partial(_async_do, hass, action)
        if action.admin:
            async_register_admin_service(hass, DOMAIN, action.name, do, ANYTHING, action.response)
        else:
            hass.services.async_register(DOMAIN, action.name, do, ANYTHING, action.response)


async def _async_do(hass: HomeAssistant, action: Action, call: ServiceCall) -> ServiceResponse:
    entry: ConfigEntry[Runtime] | None = next(iter(hass.config_entries.async_loaded_entries(DOMAIN)), None)
    if entry is None:
        raise refused("not_running")
    data = _checked(action, call.data)
    runtime = entry.runtime_data
    rooms = _rooms(hass, runtime.rooms, data.pop(ROOM, None), every=action.every_room)
    wish = Call(entry=entry, runtime=runtime, rooms=rooms, data=data, context=call.context)
    response = await action.async_do(wish)
    return response if call.return_response else None


def _checked(action: Action, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was said, or raise ServiceValidationError, which says which field is wrong and how."""
    schema = vol.Schema({vol.Optional(ROOM): cv.string, **action.fields})
    try:
        checked: dict[str, Any] = schema(dict(data))
    except vol.MultipleInvalid as err:
        first = err.errors[0]
        field = ".".join(str(part) for part in first.path)
        raise refused("bad_field", field=field or action.name, reason=str(first.msg)) from err
    return checked


def _rooms(
    hass: HomeAssistant, rooms: Mapping[str, RoomConfig], said: str | None, *, every: bool
) -> tuple[RoomConfig, ...]:
    """Return the room of this area, by its id or name, or by an entity in it; without one, the only room there is."""
    if said is None:
        if every or len(rooms) == 1:
            return tuple(rooms.values())
        if not rooms:
            raise refused("no_rooms")
        raise refused("which_room", rooms=", ".join(room.title for room in rooms.values()))
    if said in rooms:
        return (rooms[said],)
    area = ar.async_get(hass).async_get_area_by_name(said) or area_of(hass, entity_id=said, device_id=None)
    if area is not None and area.id in rooms:
        return (rooms[area.id],)
    raise refusal_of(UnknownRoomError(said), rooms)
