"""What stands in the day's room: a strip by WLED and a plug by Kasa, emulated on the wire."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

import aiohttp

from .. import home
from ..client import Client
from ..home import submit
from ..ports import HOST, spare
from ..processes import Process, until
from ..settings import ROOT

AREA: Final = "bedroom"
STRIP: Final = "light.bedroom_strip"
STRIP_NAME: Final = "bedroom-strip"
PLUGS: Final = {"Record Player": 12.0}
"""By name: what is plugged in, and the watts that it draws."""
WEATHER: Final = "weather.home"
CALENDAR: Final = "calendar.arman"
EVENT: Final = "Dentist"
SOLID: Final = "Solid"
"""What WLED calls no effect."""

_SECONDS: Final = 20.0
_FULL: Final = 255
_LUMINANCE: Final = (0.2126, 0.7152, 0.0722)
"""How much of its light the eye sees in red, green and blue (Rec. 709)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a strip shows."""

    effect: str
    palette: str
    state: dict[str, Any]
    """As WLED tells it."""
    leds: tuple[tuple[int, int, int], ...]

    @property
    def brightness(self) -> int:
        """Return how bright it is, in percent: as it is set, or while an effect plays as bright as the LEDs look."""
        if self.effect == SOLID:
            return round(100 * self.state["bri"] / _FULL) if self.state["on"] else 0
        light = sum(share * led[part] for led in self.leds for part, share in enumerate(_LUMINANCE))
        return round(100 * light / _FULL / len(self.leds))

    @property
    def colour(self) -> str:
        """Return its colour, #RRGGBB, as bright as it can be."""
        sums = [sum(led[part] for led in self.leds) for part in range(3)]
        return "#" + "".join(f"{round(_FULL * one / (max(sums) or 1)):02x}" for one in sums)


class Strip:
    """A WLED strip, seen from outside."""

    def __init__(self, session: aiohttp.ClientSession, port: int) -> None:
        self._session = session
        self._url = f"http://{HOST}:{port}"

    async def shown(self, after: float = 0.0) -> Shown:
        """Return what it shows; `after`: what it will show so many seconds from now."""
        whole, live = await asyncio.gather(self._get("/json"), self._get(f"/json/live?after={after}"))
        segment = whole["state"]["seg"][0]
        return Shown(
            effect=whole["effects"][segment["fx"]],
            palette=whole["palettes"][segment["pal"]],
            state=whole["state"],
            leds=tuple(tuple(bytes.fromhex(led)) for led in live["leds"]),  # type: ignore[misc]  # three each
        )

    async def _get(self, path: str) -> Any:
        async with self._session.get(self._url + path) as response:
            return await response.json()


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """The devices, and how Home Assistant comes to know them."""

    ports: dict[str, int]
    strip: Strip
    folder: Path

    def plug(self, name: str) -> dict[str, Any]:
        """Return what a plug says of itself."""
        told: dict[str, Any] = json.loads(_state_file(self.folder, name).read_text())
        return told

    def variables(self, begins: datetime) -> dict[str, str]:
        """Return what `clock.py` has to know."""
        names = json.dumps({STRIP_NAME: self.ports[STRIP_NAME]})
        return {"ATHENA_DAY_BEGINS": str(begins.timestamp()), "ATHENA_DAY_NAMES": names}

    async def furnish(self, morning: datetime, client: Client) -> None:
        """Add them to the bedroom, where they take the place of the demo's lights, and a calendar with one entry."""
        await home.furnish(client)
        path = "/api/config/config_entries/flow"
        entries = [await submit(client, path, {"handler": "wled"}, {"host": STRIP_NAME})]
        for plug in PLUGS:
            form = {"host": f"{HOST}:{self.ports[plug]}"}
            entries.append(await submit(client, path, {"handler": "tplink"}, form))
        await submit(client, path, {"handler": "local_calendar"}, {"calendar_name": "Arman"})
        at = morning.replace(hour=9, minute=30)
        times = {"start_date_time": f"{at:%F %T}", "end_date_time": f"{at + timedelta(minutes=30):%F %T}"}
        await client.post("/api/services/calendar/create_event", {"entity_id": CALENDAR, "summary": EVENT, **times})
        ids = {entry["result"]["entry_id"] for entry in entries}
        async with client.websocket() as socket:
            for device in await socket.command("config/device_registry/list"):
                if ids & set(device["config_entries"]):
                    await socket.command("config/device_registry/update", device_id=device["id"], area_id=AREA)
            for light in ("light.bedroom_light", "light.bedroom_reading_light"):
                await socket.command("config/entity_registry/update", entity_id=light, area_id=None)
            told = {"assistants": ["conversation"], "entity_ids": [WEATHER, CALENDAR], "should_expose": True}
            await socket.command("homeassistant/expose_entity", **told)


@asynccontextmanager
async def neighbours(folder: Path) -> AsyncIterator[Neighbours]:
    """Start the devices, and end them."""
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    ports: dict[str, int] = {}
    processes = []
    for name in (STRIP_NAME, *PLUGS):
        ports[name] = next(port for port in iter(spare, None) if port not in ports.values())
        processes.append(_process(name, ports[name], folder))
    try:
        for process in processes:
            await process.start()
        for process in processes:
            await until(f"{process.name} listening", partial(_listens, process), within=_SECONDS, processes=[process])
        async with aiohttp.ClientSession() as session:
            yield Neighbours(ports=ports, strip=Strip(session, ports[STRIP_NAME]), folder=folder)
    finally:
        await asyncio.gather(*(process.stop() for process in processes))


def _process(name: str, port: int, folder: Path) -> Process:
    command: Sequence[str | Path]
    if name == STRIP_NAME:
        command = ("wled", "--name", "Bedroom Strip")
    else:
        watts = PLUGS[name]
        command = ("kasa", "--model", "HS110", "--alias", name, "--watts", str(watts))
        command = (*command, "--state", _state_file(folder, name))
    module, *options = command
    return Process(
        name,
        [sys.executable, "-m", f"tests.neighbours.{module}", "--port", str(port), *options],
        log=folder / f"{name.lower().replace(' ', '-')}.log",
        environment={"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
    )


async def _listens(process: Process) -> bool | None:
    return process.has_said("listens on") or None


def _state_file(folder: Path, name: str) -> Path:
    return folder / f"{name.lower().replace(' ', '-')}.json"
