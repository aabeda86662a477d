"""The home: areas, devices in them, and Athena to look after the rooms. Its devices are in home.yaml."""

from functools import partial
from pathlib import Path
from typing import Any, Final

import yaml

from .client import Client, Socket
from .errors import RefusedError
from .processes import until

CONFIGURATION: Final = Path(__file__).with_name("home.yaml")
AREAS: Final = {"living_room": "Living Room", "kitchen": "Kitchen", "bedroom": "Bedroom"}
"""Area id to name; Home Assistant's onboarding makes these three."""
THERMOMETERS: Final = {area: f"sensor.{area}_temperature" for area in ("living_room", "bedroom")}
"""Area id to the entity that tells its temperature."""
MOTION: Final = {area: f"input_boolean.{area}_motion" for area in AREAS}
"""Area id to the switch with which somebody moves there."""

BED_MAT: Final = "input_boolean.bedroom_bed_mat"
POSTURE: Final = "input_select.bedroom_posture"
ZONE: Final = "input_select.bedroom_zone"
BUTTON: Final = "input_button.bedroom_button"
AT_HOME: Final = "input_boolean.bedroom_telephone"
PLAYED: Final = frozenset({*MOTION.values(), BED_MAT, POSTURE, ZONE, BUTTON, AT_HOME})
"""With what one plays somebody in the home."""

PERSON: Final = "person.arman"
TELEPHONE: Final = "device_tracker.bedroom_telephone"
BEDROOM: Final = {
    "bed": {
        "bed_sensors": ["binary_sensor.bedroom_bed_mat"],
        "posture": "sensor.bedroom_posture",
        "buttons": [BUTTON],
    },
    "times": {"rearm_for": {"seconds": 30}},  # ten minutes are long for who only tries
}
"""What the form of the bedroom asks for, besides the area."""

DASHBOARD: Final = Path(__file__).with_name("bedroom.yaml")
"""A page of the bedroom, on which to play the night and see what Athena makes of it."""

DASHBOARD_PATH: Final = "athena-bedroom"

ALARM: Final = {"room": "bedroom", "name": "Work", "time": "07:00", "weekdays": "weekdays", "enabled": False}
"""Off at first, so that the house stays quiet while it is tried."""

_ROOM_SECONDS: Final = 30.0
_HELPERS: Final = frozenset({"input_boolean", "input_button", "input_number", "input_select", "input_text"})


async def furnish(client: Client) -> None:
    """Put every device into its area, and the helpers behind them out of sight but for the ones to play with."""
    async with client.websocket() as socket:
        for area, sensor in THERMOMETERS.items():
            await socket.command("config/area_registry/update", area_id=area, temperature_entity_id=sensor)
        for entity in await socket.command("config/entity_registry/list"):
            if entity["platform"] == "template" or entity["entity_id"] in PLAYED:
                await _update(socket, entity, area_id=area_of(entity["entity_id"]))
            elif entity["platform"] in _HELPERS:
                await _update(socket, entity, hidden_by="user")
        for person in (await socket.command("person/list"))["storage"]:
            fields = {"name": person["name"], "user_id": person["user_id"], "device_trackers": [TELEPHONE]}
            await socket.command("person/update", person_id=person["id"], **fields)


def area_of(entity_id: str) -> str:
    """Return the area id that the object id of a device of this home begins with."""
    object_id = entity_id.partition(".")[2]
    return next(area for area in AREAS if object_id.startswith(f"{area}_"))


async def add_athena(client: Client) -> None:
    """Add Athena, a room of hers for each area, one after the other as a person would, and an alarm that is off."""
    entry = await submit(client, "/api/config/config_entries/flow", {"handler": "athena"}, {})
    async with client.websocket() as socket:
        for count, area in enumerate(AREAS, 1):
            handler = [entry["result"]["entry_id"], "room"]
            form = {"area": area, **(BEDROOM if area == "bedroom" else {})}
            await submit(client, "/api/config/config_entries/subentries/flow", {"handler": handler}, form)
            await until(f"the room {area}", partial(_rooms, socket, count), within=_ROOM_SECONDS)
        await client.post("/api/services/athena/set_alarm", ALARM)
        page = {"title": "Bedroom", "url_path": DASHBOARD_PATH, "icon": "mdi:bed", "show_in_sidebar": True}
        await socket.command("lovelace/dashboards/create", **page)
        config = yaml.safe_load(DASHBOARD.read_text())
        await socket.command("lovelace/config/save", url_path=DASHBOARD_PATH, config=config)


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


async def loaded(socket: Socket, domain: str) -> bool:
    """Return whether every entry of an integration is set up; True where there is none."""
    entries = await socket.command("config_entries/get", domain=domain)
    return all(entry["state"] == "loaded" for entry in entries)


async def has_rooms(socket: Socket, count: int) -> bool:
    """Return whether Athena is set up and looks after so many rooms."""
    alive = {state["entity_id"] for state in await socket.command("get_states") if state["state"] != "unavailable"}
    rooms = {
        entity["device_id"]
        for entity in await socket.command("config/entity_registry/list")
        if entity["platform"] == "athena" and entity["entity_id"].startswith("sensor.") and entity["entity_id"] in alive
    }
    return await loaded(socket, "athena") and len(rooms) == count


async def _rooms(socket: Socket, count: int) -> bool | None:
    return await has_rooms(socket, count) or None


async def own_entities(socket: Socket) -> set[str]:
    """Return the ids of the home's devices, without what is behind them and without what hears and speaks."""
    return {
        entity["entity_id"]
        for entity in await socket.command("config/entity_registry/list")
        if entity["area_id"] is not None and entity["hidden_by"] is None and entity["platform"] not in _HELPERS
    }
