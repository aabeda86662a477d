"""A plug for a demo: `python -m tests.neighbours.kasa --port 8001 --alias "Record Player"`.

SIGUSR1 pulls it from the network, SIGUSR2 plugs it in again, each with another line; SIGINT and SIGTERM end it.
"""

import argparse
import asyncio
import json
import signal
import sys
from pathlib import Path

from .hs110 import Hs110
from .kp125m import PASSWORD, USERNAME, Kp125m
from .plug import Plug

NOT_FOUND = 0
"""The discovery port of a plug that nobody finds."""


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.neighbours.kasa", description="A TP-Link Kasa smart plug.")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (%(default)s)")
    parser.add_argument("--port", type=int, default=0, help="the port to listen on (any free one)")
    parser.add_argument("--alias", default="Lamp", help="the plug's name (%(default)s)")
    parser.add_argument("--model", choices=("KP125M", "HS110"), default="KP125M", help="%(default)s, or the old one")
    parser.add_argument("--watts", type=float, default=12.0, help="what the appliance draws when on (%(default)s)")
    parser.add_argument("--today", type=int, default=0, help="what the meter has counted today already, in Wh")
    parser.add_argument("--on", action="store_true", help="begin with the relay closed")
    parser.add_argument("--username", default=USERNAME, help="the owner's account, KP125M only (%(default)s)")
    parser.add_argument("--password", default=PASSWORD, help="its password (%(default)s)")
    parser.add_argument(
        "--discovery-port",
        type=int,
        default=NOT_FOUND,
        help="UDP port to be found at, KP125M only; clients ask at 20002 (0: not found)",
    )
    parser.add_argument("--state", type=Path, help="a file to write the plug's state to as JSON, on every change")
    return parser.parse_args()


def _make(arguments: argparse.Namespace) -> Kp125m | Hs110:
    plug = Plug(arguments.alias, load_mw=round(arguments.watts * 1000), on=arguments.on)
    plug.today_wh = arguments.today
    if arguments.model == "HS110":
        return Hs110(plug, host=arguments.host, port=arguments.port)
    return Kp125m(
        plug,
        host=arguments.host,
        port=arguments.port,
        discovery_port=arguments.discovery_port or None,
        account=(arguments.username, arguments.password),
    )


def _write(device: Kp125m | Hs110, file: Path) -> None:
    """Write the state so that a reader sees the old one or the new one, never half of it."""
    beside = file.with_name(f"{file.name}.new")
    beside.write_text(json.dumps({**device.plug.as_json(), "plugged": device.plugged, "port": device.port}) + "\n")
    beside.replace(file)


async def _run(arguments: argparse.Namespace) -> None:
    device = _make(arguments)
    if arguments.state is not None:
        device.plug.changed = lambda: _write(device, arguments.state)
    wishes: asyncio.Queue[signal.Signals] = asyncio.Queue()
    loop = asyncio.get_running_loop()
    for wish in (signal.SIGUSR1, signal.SIGUSR2, signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(wish, wishes.put_nowait, wish)
    wish = signal.SIGUSR2
    while wish in {signal.SIGUSR1, signal.SIGUSR2}:
        await (device.unplug() if wish is signal.SIGUSR1 else device.plug_in())
        does = f"listens on {device.host}:{device.port}" if device.plugged else "has left the network"
        print(f'{arguments.model} "{device.plug.alias}" {does}', flush=True)  # noqa: T201
        wish = await wishes.get()
    await device.unplug()


def main() -> int:
    """Run until it is ended; 1 where the port cannot be had."""
    try:
        asyncio.run(_run(_arguments()))
    except OSError as error:
        print(f"Cannot listen: {error}", file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
