"""From a movement to the light in a real Home Assistant, beside its own automation."""

import asyncio
import json
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

from script.house.home_assistant import RELEASES, HomeAssistant
from script.house.ports import Ports
from script.house.processes import until

ROOT: Final = Path(__file__).resolve().parents[3]
PROBE: Final = Path(__file__).with_name("probe")
ROOMS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Latencies:
    """Milliseconds, one a movement."""

    athena: list[float]
    automation: list[float]


async def measure(rounds: int) -> Latencies:
    """Start a Home Assistant with Athena in it, move in its rooms, and end it."""
    with tempfile.TemporaryDirectory(prefix="athena-room-") as scratch:
        folder = Path(scratch)
        home = HomeAssistant(
            RELEASES[version("homeassistant")],
            environment=Path(sys.prefix),
            folder=folder / "home",
            port=Ports.free().home_assistant,
            logs=folder / "logs",
        )
        configuration = folder / "configuration.json"  # which is YAML, too
        configuration.write_text(json.dumps(_configuration(rounds)))
        home.prepare(configuration, (ROOT / "custom_components" / "athena", PROBE))
        result = folder / "home" / "latency.json"
        await home.start()
        try:
            await until("the movements", lambda: _there(result), within=120 + 2 * rounds, processes=[home.process])
        finally:
            await home.process.stop()
        return Latencies(**json.loads(result.read_text()))


async def _there(path: Path) -> bool | None:
    return await asyncio.to_thread(path.exists) or None


def _configuration(rounds: int) -> dict[str, object]:
    """Return two lights and two motion sensors a room, of which one is Athena's and one an automation's."""
    kind: dict[str, list[object]] = {
        "turn_on": [],
        "turn_off": [],
        "set_level": [],
        "set_rgb": [],
        "set_temperature": [],
    }
    names = [f"{prefix}lamp {room}" for room in range(ROOMS) for prefix in ("", "yaml ")]
    golden = {"brightness_pct": 70, "rgb_color": [255, 215, 0]}
    return {
        "template": [{"light": [{"name": name, "unique_id": name, **kind} for name in names]}],
        "automation": [
            {
                "id": f"motion_{room}",
                "alias": f"Motion {room}",
                "mode": "restart",
                "triggers": [{"trigger": "state", "entity_id": f"binary_sensor.yaml_motion_{room}", "to": "on"}],
                "actions": [
                    {"action": "light.turn_on", "target": {"entity_id": f"light.yaml_lamp_{room}"}, "data": golden}
                ],
            }
            for room in range(ROOMS)
        ],
        "probe": {"rounds": rounds},
    }
