"""The command `athena-satellite`."""

import argparse
import asyncio
import contextlib
import logging
import signal
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import cast

from . import satellite
from .address import Address
from .errors import SatelliteError, SettingsError
from .settings import DEVICE, PRE_ROLL_SECONDS, WAKE_WORD, Settings


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command; ends the process with 0, 1 for what the user can mend, 2 for bad arguments."""
    arguments = _parser().parse_args(argv)
    logging.basicConfig(
        level=arguments.log_level.upper(), stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    try:
        asyncio.run(_until_told(_settings(arguments)))
    except SatelliteError as err:
        sys.stderr.write(f"athena-satellite: {err}\n")
        sys.exit(2 if isinstance(err, SettingsError) else 1)


async def _until_told(settings: Settings) -> None:
    """Run the satellite until SIGINT or SIGTERM."""
    loop = asyncio.get_running_loop()
    running = cast("asyncio.Task[None]", asyncio.current_task())
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, running.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await satellite.run(settings)


def _settings(arguments: argparse.Namespace) -> Settings:
    return Settings(
        address=arguments.uri,
        name=arguments.name,
        area=arguments.area,
        wake=arguments.wake_uri,
        tts=arguments.tts_uri,
        wake_word=arguments.wake_word,
        pre_roll_seconds=arguments.pre_roll,
        microphone=arguments.microphone,
        speaker=arguments.speaker,
        trace=arguments.trace,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="athena-satellite", description="A room's voice for Home Assistant.")
    parser.add_argument("--version", action="version", version=version("athena-satellite"))
    run = parser.add_subparsers(required=True, metavar="COMMAND").add_parser("run", help="be a satellite")
    run.add_argument(
        "--uri", type=_address, default="tcp://127.0.0.1:10700", help="where Home Assistant dials (%(default)s)"
    )
    run.add_argument("--name", type=_text, required=True, help="the satellite's name in Home Assistant")
    run.add_argument("--area", type=_text, help="the area Home Assistant suggests for it")
    run.add_argument(
        "--wake-uri", type=_address, default="tcp://127.0.0.1:10400", help="the wake word server (%(default)s)"
    )
    run.add_argument(
        "--tts-uri", type=_address, default="tcp://127.0.0.1:10200", help="the text-to-speech server (%(default)s)"
    )
    run.add_argument("--wake-word", type=_text, default=WAKE_WORD, help="name of its model (%(default)s)")
    run.add_argument(
        "--pre-roll",
        type=_seconds,
        default=PRE_ROLL_SECONDS,
        metavar="SECONDS",
        help="audio from before the wake word's end that is sent as well (%(default)s)",
    )
    run.add_argument("--microphone", default=DEVICE, help="device[:NAME], wav:FILE or wav:FOLDER (%(default)s)")
    run.add_argument("--speaker", default=DEVICE, help="device[:NAME] or wav:FOLDER (%(default)s)")
    run.add_argument("--trace", type=Path, metavar="FILE", help="append each step of each turn, as JSON Lines")
    run.add_argument("--log-level", choices=("debug", "info", "warning", "error"), default="info")
    return parser


def _checked[T](parse: Callable[[str], T]) -> Callable[[str], T]:
    """Make what a parser refuses an error of the command line."""

    def parsed(value: str) -> T:
        try:
            return parse(value)
        except (SettingsError, ValueError) as err:
            raise argparse.ArgumentTypeError(str(err)) from err

    return parsed


@_checked
def _address(value: str) -> Address:
    return Address.parse(value)


@_checked
def _text(value: str) -> str:
    if not value.strip():
        raise ValueError("it is empty")
    return value


@_checked
def _seconds(value: str) -> float:
    seconds = float(value)
    if not 0.0 <= seconds <= 2.0:
        raise ValueError(f"{value} is not between 0 and 2 seconds")
    return seconds
