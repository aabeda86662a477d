"""Measures, inside a real Home Assistant, how long it takes from a movement to the light's service call.

It sets the state of a motion sensor, as every integration does, and waits for the call, in turn for Athena's rooms and
for an automation of Home Assistant's own. Both lights are alike.
"""

import asyncio
import json
import time
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from homeassistant.config_entries import SOURCE_USER, ConfigEntry, ConfigSubentryData
from homeassistant.const import EVENT_CALL_SERVICE, EVENT_HOMEASSISTANT_STARTED, STATE_OFF, STATE_ON
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers.typing import ConfigType
from homeassistant.util import dt as dt_util

ROOMS: Final = 4
"""They take turns, so that each has settled when it is entered again."""
PAUSE: Final = 0.45
"""Seconds between two movements."""
RESULT: Final = "latency.json"
MOTION: Final = {"device_class": "motion"}


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Measure once everything has started."""
    rounds = int(config["probe"]["rounds"])

    async def measure(_event: Event[Any]) -> None:
        entry = await _add_athena(hass)
        probe = _Probe(hass, entry)
        await asyncio.sleep(2)
        times: dict[str, list[float]] = {"athena": [], "automation": []}
        for number in range(-2 * ROOMS, rounds):  # the first ones warm up
            room = number % ROOMS
            for who, motion, light in (
                ("athena", f"binary_sensor.motion_{room}", f"light.lamp_{room}"),
                ("automation", f"binary_sensor.yaml_motion_{room}", f"light.yaml_lamp_{room}"),
            ):
                took = await probe.enter(motion, light)
                if number >= 0:
                    times[who].append(took)
                await asyncio.sleep(PAUSE)
            probe.leave(room)
        await hass.async_add_executor_job(_write, Path(hass.config.path(RESULT)), times)

    hass.bus.async_listen_once(EVENT_HOMEASSISTANT_STARTED, measure)
    return True


def _write(path: Path, times: dict[str, list[float]]) -> None:
    beside = path.with_suffix(".part")
    beside.write_text(json.dumps(times))
    beside.rename(path)


async def _add_athena(hass: HomeAssistant) -> ConfigEntry[Any]:
    areas = ar.async_get(hass)
    rooms = []
    for number in range(ROOMS):
        area = areas.async_get_or_create(f"Room {number}")
        hass.states.async_set(f"binary_sensor.motion_{number}", STATE_OFF, MOTION)
        hass.states.async_set(f"binary_sensor.yaml_motion_{number}", STATE_OFF, MOTION)
        data = {"sensors": [f"binary_sensor.motion_{number}"], "lights": [f"light.lamp_{number}"]}
        rooms.append(ConfigSubentryData(data=data, subentry_type="room", title=area.name, unique_id=area.id))
    entry = ConfigEntry(
        data={},
        discovery_keys=MappingProxyType({}),
        domain="athena",
        minor_version=1,
        options={},
        source=SOURCE_USER,
        subentries_data=rooms,
        title="Athena",
        unique_id=None,
        version=1,
    )
    await hass.config_entries.async_add(entry)
    return entry


class _Probe:
    """Waits for service calls of lights."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry[Any]) -> None:
        self._hass = hass
        self._entry = entry
        self._light = ""
        self._called: asyncio.Future[int] | None = None
        hass.bus.async_listen(EVENT_CALL_SERVICE, self._on_call)

    @callback
    def _on_call(self, event: Event[Any]) -> None:
        now = time.perf_counter_ns()
        if event.data["domain"] != "light" or event.data["service"] != "turn_on":
            return
        entities = event.data["service_data"].get("entity_id", ())
        if self._called is None or self._called.done():
            return
        if self._light in ([entities] if isinstance(entities, str) else entities):
            self._called.set_result(now)

    async def enter(self, motion: str, light: str) -> float:
        """Return the milliseconds from the motion's state to the light's call."""
        self._called = asyncio.get_running_loop().create_future()
        self._light = light
        began = time.perf_counter_ns()
        self._hass.states.async_set(motion, STATE_ON, MOTION)
        async with asyncio.timeout(10):
            return (await self._called - began) / 1e6

    def leave(self, room: int) -> None:
        """Let the room be empty again."""
        from custom_components.athena.brain.events import RoomForced  # noqa: PLC0415  Home Assistant has loaded it by now
        from custom_components.athena.brain.room_state import RoomState  # noqa: PLC0415

        self._hass.states.async_set(f"binary_sensor.motion_{room}", STATE_OFF, MOTION)
        self._hass.states.async_set(f"binary_sensor.yaml_motion_{room}", STATE_OFF, MOTION)
        forced = RoomForced(room=f"room_{room}", at=dt_util.utcnow(), source="probe", state=RoomState.EMPTY)
        self._entry.runtime_data.handle(forced)
