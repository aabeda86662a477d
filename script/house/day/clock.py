"""Start Home Assistant with a clock that begins elsewhere, ticks as clocks do, and can be put forward (`day_clock`).

Run by its path, in the environment whose Home Assistant it starts, with the arguments of `hass`. Monotonic time goes
on as always.
"""

import json
import os
import sys
from pathlib import Path
from typing import Final

import time_machine
from homeassistant.__main__ import main
from homeassistant.helpers import aiohttp_client

ROOT: Final = Path(__file__).resolve().parents[3]
BEGINS: Final = "ATHENA_DAY_BEGINS"
"""Environment variable: the first moment, in seconds since the epoch."""
NAMES: Final = "ATHENA_DAY_NAMES"
"""Environment variable: JSON, the ports of loopback that names of the home stand for. No other name is known."""


def _name(ports: dict[str, int]) -> None:
    """Let Home Assistant find emulators by name: WLED's library knows port 80 alone, which not everybody may open."""
    sys.path.append(str(ROOT))
    from tests.neighbours.wled import Names  # noqa: PLC0415 (not to be found before, and not to stay there)

    sys.path.remove(str(ROOT))
    aiohttp_client._async_make_resolver = lambda _hass: Names(ports)  # type: ignore[assignment,return-value]  # noqa: SLF001


if __name__ == "__main__":
    _name(json.loads(os.environ[NAMES]))
    with time_machine.travel(float(os.environ[BEGINS]), tick=True):
        sys.exit(main())
