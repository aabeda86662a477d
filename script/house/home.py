"""The home: areas, devices in them, and Athena to look after the rooms. Its devices are in home.yaml."""

from pathlib import Path
from typing import Any, Final

from .client import Client, Socket
from .errors import RefusedError

CONFIGURATION: Final = Path(__file__).with_name("home.yaml")
AREAS: Final = {"living_room": "Living Room", "kitchen": "Kitchen", "bedroom": "Bedroom"}
"""Area id to name; Home Assistant's onboarding makes these three."""

_HELPERS: Final = frozenset({"input_boolean", "input_number", "input_text"})


async def furnish(client: Client) -> None:
    """Put every device into its area, and the helpers behind them out of sight."""
    async with client.websocket() as socket:
        for entity in await socket.command("config/entity_registry/list"):
            if entity["platform"] == "template":
                await _update(socket, entity, area_id=area_of(entity["entity_id"]))
            elif entity["platform"] in _HELPERS:
                await _update(socket, entity, hidden_by="user")


def area_of(entity_id: str) -> str:
    """Return the area id that the object id of a device of this home begins with."""
    object_id = entity_id.partition(".")[2]
    return next(area for area in AREAS if object_id.startswith(f"{area}_"))


async def add_athena(client: Client) -> None:
    """Add Athena, and a room of hers for each area."""
    entry = await submit(client, "/api/config/config_entries/flow", {"handler": "athena"}, {})
    for area in AREAS:
        handler = [entry["result"]["entry_id"], "room"]
        await submit(client, "/api/config/config_entries/subentries/flow", {"handler": handler}, {"area": area})


async def submit(client: Client, path: str, start: dict[str, Any], form: dict[str, Any]) -> dict[str, Any]:
    """Start a flow and fill in its one form; return what it made."""
    step = await client.post(path, start)
    if step["type"] == "form":
        suggested = {field["name"]: _suggested(field) for field in step["data_schema"] if _suggested(field) is not None}
        step = await client.post(f"{path}/{step['flow_id']}", {**suggested, **form})
    if step["type"] != "create_entry":
        raise RefusedError(
            f"Home Assistant does not add {start['handler']}: {step.get('errors') or step.get('reason')}"
        )
    made: dict[str, Any] = step
    return made


def _suggested(field: dict[str, Any]) -> Any:
    return (field.get("description") or {}).get("suggested_value")


async def _update(socket: Socket, entity: dict[str, Any], **changes: Any) -> None:
    await socket.command("config/entity_registry/update", entity_id=entity["entity_id"], **changes)


def is_room_state(entity: dict[str, Any]) -> bool:
    """Return whether an entry of the entity registry is Athena's state of a room."""
    return entity["platform"] == "athena" and str(entity["entity_id"]).startswith("sensor.")


async def own_entities(socket: Socket) -> set[str]:
    """Return the ids of what a person would call the home's: in an area, not hidden, and no part of the voice."""
    return {
        entity["entity_id"]
        for entity in await socket.command("config/entity_registry/list")
        if entity["area_id"] is not None and entity["hidden_by"] is None
    }
