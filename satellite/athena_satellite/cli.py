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
from typing import Any, Final, cast

from . import satellite, settings_file, sound_check
from .errors import SatelliteError, SettingsError
from .setting_kinds import YES_NO, Kind
from .settings import OPTIONS, Option, Settings

_LOGGER = logging.getLogger(__name__)

_FIELDS: Final = frozenset(option.field for option in OPTIONS)


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command; ends the process with 0, 1 for what the user can mend, 2 for bad arguments or settings."""
    arguments = _parser().parse_args(argv)
    try:
        arguments.command(arguments)
    except SatelliteError as err:
        sys.stderr.writelines(f"athena-satellite: {line}\n" for line in str(err).splitlines())
        sys.exit(2 if isinstance(err, SettingsError) else 1)


def _run(arguments: argparse.Namespace) -> None:
    gathered = settings_file.gather(_given(arguments), arguments.settings)
    settings = gathered.settings
    logging.basicConfig(
        level=settings.log_level.upper(),
        stream=sys.stderr,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )
    if gathered.file is None:
        _LOGGER.info("No settings file: there is none at %s or %s", *settings_file.places())
    else:
        _LOGGER.info("Settings read from %s", gathered.file)
    asyncio.run(_until_told(settings))


async def _until_told(settings: Settings) -> None:
    """Run the satellite until SIGINT or SIGTERM."""
    loop = asyncio.get_running_loop()
    running = cast("asyncio.Task[None]", asyncio.current_task())
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, running.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await satellite.run(settings)


def _show_settings(arguments: argparse.Namespace) -> None:
    if arguments.example:
        sys.stdout.write(settings_file.example())
    else:
        sys.stdout.write(settings_file.effective(settings_file.gather(_given(arguments), arguments.settings)))


def _show_devices(arguments: argparse.Namespace) -> None:
    if arguments.test_microphone is not None:
        sound_check.microphone(arguments.test_microphone, sys.stdout)
    if arguments.test_speaker is not None:
        sound_check.speaker(arguments.test_speaker, sys.stdout)
    if arguments.test_microphone is None and arguments.test_speaker is None:
        sound_check.show_devices(sys.stdout)


def _given(arguments: argparse.Namespace) -> dict[str, Any]:
    """Return what the command line sets, by field."""
    return {field: value for field, value in vars(arguments).items() if field in _FIELDS}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="athena-satellite", description="A room's voice for Home Assistant.")
    parser.add_argument("--version", action="version", version=version("athena-satellite"))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    run = commands.add_parser(
        "run",
        help="be a satellite",
        epilog="The signal USR1 switches the microphone off, and on again; USR2 stops a reply, or a timer that rings.",
    )
    run.set_defaults(command=_run)
    _add_settings(run)

    show = commands.add_parser("settings", help="print the settings that hold, and where each comes from")
    show.set_defaults(command=_show_settings)
    show.add_argument("--example", action="store_true", help="print a settings file to begin with instead")
    _add_settings(show)

    devices = commands.add_parser("devices", help="list the microphones and speakers, or try one")
    devices.set_defaults(command=_show_devices)
    for what, does in (("microphone", "show for 3 s how loud it hears"), ("speaker", "play a tone of 1 s")):
        devices.add_argument(
            f"--test-{what}",
            nargs="?",
            const="",
            metavar="NAME",
            help=f"{does}; without a NAME the system's own",
        )
    return parser


def _add_settings(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--settings",
        type=Path,
        metavar="FILE",
        help="the settings, in TOML (~/.config/athena/satellite.toml, else /etc/athena/satellite.toml)",
    )
    for option in OPTIONS:
        default = "" if option.default is None else f" ({settings_file.shown(option.default)})"
        says = (option.says + default).replace("%", "%%")
        if option.kind is YES_NO:
            action = argparse.BooleanOptionalAction
            parser.add_argument(option.flag, dest=option.field, action=action, default=argparse.SUPPRESS, help=says)
        else:
            parser.add_argument(
                option.flag,
                dest=option.field,
                type=_type(option),
                default=argparse.SUPPRESS,
                metavar=option.kind.metavar,
                help=says,
            )


def _type(option: Option) -> Callable[[str], Any]:
    kind: Kind[Any] = option.kind

    def parsed(word: str) -> Any:
        try:
            return kind.accept(kind.from_text(word))
        except ValueError as err:
            raise argparse.ArgumentTypeError(f"{word!r} is not {kind.takes}") from err

    return parsed
