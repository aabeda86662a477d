"""The command line of the demo."""

import argparse
import asyncio
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from . import recording
from .day.show import Day
from .demo import INTERRUPTED, Demo, Show
from .errors import HouseError, MissingError, RecordingError
from .home_assistant import RELEASES, Release
from .out import Out
from .ports import Ports
from .settings import ROOT, Settings
from .spoken_turns import SpokenTurns


def main(argv: Sequence[str] | None = None) -> None:
    """Run the demo; ends the process with 0, 1 for a turn, a day or a house that failed, 2 for bad arguments."""
    parser = _parser()
    arguments = parser.parse_args(argv)
    if arguments.picture and not arguments.day:
        parser.error("--picture is one of a day: say --day, too")
    out = Out(as_json=arguments.json)
    try:
        demo = Demo(_show(arguments, out), out, once=arguments.once)
        sys.exit(asyncio.run(demo.until_told(_settings(arguments))))
    except HouseError as err:
        out.complain(str(err))
        sys.exit(2 if isinstance(err, RecordingError) else 1)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def _show(arguments: argparse.Namespace, out: Out) -> Show:
    if arguments.day:
        return Day(out, picture=arguments.picture)
    recordings = [recording.read(path) for path in arguments.say or [recording.BUILT_IN]]
    return SpokenTurns(recordings, out, alarm=arguments.say is None)


def _port(value: str) -> int:
    if not value.isdecimal() or not 0 < int(value) < 2**16:
        raise argparse.ArgumentTypeError(f"{value} is not a port")
    return int(value)


def _settings(arguments: argparse.Namespace) -> Settings:
    release = RELEASES[arguments.ha or version("homeassistant")]
    return Settings(
        release=release,
        environment=_environment(release),
        folder=arguments.folder.resolve(),
        ports=Ports(
            home_assistant=arguments.port,
            wake=arguments.wake_port,
            stt=arguments.stt_port,
            tts=arguments.tts_port,
            satellite=arguments.satellite_port,
        ),
        fresh=arguments.fresh,
    )


def _environment(release: Release) -> Path:
    """Return the environment with a release; this one, or one that bootstrap makes."""
    if release.version == version("homeassistant"):
        return Path(sys.prefix)
    try:
        subprocess.run([ROOT / "script" / "bootstrap", "ha", release.version], check=True, stdout=sys.stderr)
    except (OSError, subprocess.CalledProcessError) as err:
        raise MissingError(f"Home Assistant {release.version} could not be installed, see above") from err
    return ROOT / ".demo" / f"ha-{release.version}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="script/demo",
        description=(
            "Start a real Home Assistant with a small home, Athena and a voice satellite on this machine, "
            "speak to it, let an alarm ring until somebody is up, and show what happened and when."
        ),
    )
    parser.add_argument(
        "--once",
        action="store_true",
        help="end after the turn and an alarm; 0 only if the turn changed the home and was answered aloud, and the "
        "alarm rang aloud until somebody was up",
    )
    parser.add_argument(
        "--json", action="store_true", help="print the turn as one JSON object, the last line of stdout"
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--say",
        nargs="+",
        type=Path,
        metavar="WAV",
        help='recordings to speak, a second apart (default: one of "hey Jarvis … turn on the living room lamp"), '
        "and no alarm after them",
    )
    what.add_argument(
        "--day",
        action="store_true",
        help="show a whole day instead, in about a minute, with a clock that is put forward and a home of its own; "
        "with --once 0 only if all of it happened, with --json its acts",
    )
    parser.add_argument("--picture", type=Path, metavar="SVG", help="draw the day into this file")
    parser.add_argument(
        "--ha", choices=RELEASES, help=f"the Home Assistant to start (default: {version('homeassistant')})"
    )
    parser.add_argument("--fresh", action="store_true", help="forget the home of an earlier run and make a new one")
    parser.add_argument("--folder", type=Path, default=ROOT / ".demo", help="where the home is kept (default: .demo)")
    for name, port in (
        ("port", "Home Assistant and its dashboard"),
        ("wake-port", "the wake word server"),
        ("stt-port", "the speech-to-text server"),
        ("tts-port", "the text-to-speech server"),
        ("satellite-port", "the satellite"),
    ):
        field = "home_assistant" if name == "port" else name.removesuffix("-port")
        parser.add_argument(
            f"--{name}",
            type=_port,
            metavar="PORT",
            default=getattr(Ports(), field),
            help=f"port of {port} (%(default)s)",
        )
    return parser
