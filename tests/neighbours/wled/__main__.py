"""`python -m tests.neighbours.wled`: a WLED controller on loopback until it is stopped."""

import argparse
import asyncio
import json
import signal
from pathlib import Path
from time import monotonic

from .controller import PORT, Controller
from .picture import leds
from .strip import Strip


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.neighbours.wled", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="the address of loopback it listens on")
    parser.add_argument("--port", type=int, default=PORT, help="0: any; WLED's library knows %(default)s only")
    parser.add_argument("--name", default="Bedroom Strip")
    parser.add_argument("--mac", default="c8c9a3f01234", help="another one for a second strip")
    parser.add_argument("--leds", type=int, default=72)
    parser.add_argument("--segments", type=int, default=1)
    parser.add_argument("--preset", action="append", default=[], help='NAME={"seg": ...}: a preset of the user')
    parser.add_argument("--state", type=Path, help="a file that says what is shown, after each change one line of JSON")
    return parser.parse_args()


async def _run(arguments: argparse.Namespace) -> None:
    given = (preset.partition("=") for preset in arguments.preset)
    presets = {number: {"n": name, **json.loads(order)} for number, (name, _, order) in enumerate(given, 1)}
    strip = Strip(
        name=arguments.name, mac=arguments.mac, leds=arguments.leds, segments=arguments.segments, presets=presets
    )
    began = monotonic()

    def write() -> None:
        if arguments.state is not None:
            numbers = [segment["id"] for segment in strip.state["seg"]]
            shown = {
                "at": round(monotonic() - began, 3),
                "name": strip.name,
                "effects": [strip.effect(number) for number in numbers],
                "palettes": [strip.palette(number) for number in numbers],
                "state": strip.state,
                "leds": leds(strip),
            }
            with arguments.state.open("a") as file:
                file.write(json.dumps(shown) + "\n")

    over = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, over.set)
    async with Controller(strip, host=arguments.host, port=arguments.port, changed=write) as controller:
        print(f"{strip.name} listens on {controller.host}:{controller.port}", flush=True)  # noqa: T201
        write()
        await over.wait()


asyncio.run(_run(_arguments()))
