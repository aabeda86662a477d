"""The command line of the demo."""

import argparse
import asyncio
import contextlib
import json
import math
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Final, TextIO

from . import recording
from .bedroom import SATELLITE_AREA, SATELLITE_NAME, Bedroom, Waking
from .errors import HouseError, MissingError, RecordingError
from .guest import guest
from .home_assistant import RELEASES, Release
from .house import ROOT, House, Settings, running
from .onboarding import OWNER, PASSWORD
from .ports import Ports
from .processes import until
from .recording import Recording
from .table import lines_of, lines_of_waking
from .turn import Turn

_STARTED: Final = "ATHENA_DEMO_STARTED"
"""Environment variable: when the command began, in seconds since the epoch."""

_INTERRUPTED: Final = 130


def main(argv: Sequence[str] | None = None) -> None:
    """Run the demo; ends the process with 0, 1 for a turn or a house that failed, 2 for bad arguments."""
    arguments = _parser().parse_args(argv)
    try:
        recordings = [recording.read(path) for path in arguments.say or [recording.BUILT_IN]]
        settings = _settings(arguments)
        demo = _Demo(once=arguments.once, alarm=arguments.say is None, as_json=arguments.json)
        sys.exit(asyncio.run(_until_told(demo, settings, recordings)))
    except HouseError as err:
        sys.stderr.write(f"demo: {err}\n")
        sys.exit(2 if isinstance(err, RecordingError) else 1)
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)


class _Demo:
    """One run of the command."""

    def __init__(self, *, once: bool, alarm: bool, as_json: bool) -> None:
        self._once = once
        self._alarm = alarm
        self._as_json = as_json
        self._started = float(os.environ.get(_STARTED) or time.time())
        self._interrupted = False
        self._done = False

    def interrupt(self, task: asyncio.Task[int]) -> None:
        """End the demo; a second time changes nothing, since the house is being left in order."""
        if not self._interrupted:
            self._interrupted = True
            task.cancel()
            self._tell("\nEnding …")

    async def run(self, settings: Settings, recordings: Sequence[Recording]) -> int:
        """Start the house, speak, show the turn, and stay or leave; return the exit status."""
        self._tell(f"Home Assistant {settings.release.version} and Athena start in {_short(settings.folder)}/ …")
        try:
            async with contextlib.AsyncExitStack() as stack:
                house = await stack.enter_async_context(running(settings, self._ready))
                self._tell(f"Speaking {', '.join(one.path.name for one in recordings)} …")
                turns = await house.say(recordings)
                self._show(house, turns)
                waking = await self._wake_up(house, stack) if self._alarm else None
                self._print_json(turns, waking)
                self._done = True
                if not self._once:
                    self._invite(house)
                    await until("a Ctrl-C", _never, within=math.inf, processes=house.processes)
        except asyncio.CancelledError:
            if not self._interrupted:
                raise
        self._tell("All of it has ended: no process runs, no port is in use.")
        if not self._done or (self._once and self._interrupted):
            return _INTERRUPTED
        return 0 if not self._once or all(turn.missing is None for turn in turns) else 1

    def _ready(self, what: str) -> None:
        self._tell(f"  {what} … {time.time() - self._started:.1f} s")

    def _show(self, house: House, turns: Sequence[Turn]) -> None:
        for turn in turns:
            for line in lines_of(turn):
                self._tell(line)
            if turn.times.first_audio is not None:
                self._tell(
                    f"  first sound {turn.times.first_audio.timestamp() - self._started:.1f} s after the command"
                )
            if turn.missing is not None:
                what, log = turn.missing
                self._tell(f"demo: {what}; see {_short(house.logs / f'{log}.log')}", error=True)

    async def _wake_up(self, house: House, stack: contextlib.AsyncExitStack) -> Waking:
        """Show an alarm, through a satellite that stays in the bedroom until the demo ends."""
        self._tell("In the bedroom somebody lies down, with an alarm that is due in a moment …")
        satellite = await stack.enter_async_context(guest(house, SATELLITE_NAME, area=SATELLITE_AREA))
        client = await stack.enter_async_context(house.home_assistant.client())
        waking = await Bedroom(client, satellite.microphone, house.home_assistant.process).wake_up()
        for line in lines_of_waking(waking):
            self._tell(line)
        return waking

    def _print_json(self, turns: Sequence[Turn], waking: Waking | None) -> None:
        if self._as_json:
            every = {} if len(turns) == 1 else {"turns": [turn.as_json() for turn in turns]}
            alarm = {} if waking is None else {"alarm": waking.as_json()}
            _print(json.dumps({**turns[-1].as_json(), **every, **alarm}), sys.stdout)

    def _invite(self, house: House) -> None:
        self._tell(f"\nThe dashboard is at {house.home_assistant.url}; log in as {OWNER} with the password {PASSWORD}")
        self._tell("Its Living Room shows the lamp, and the state Athena sees the room in.")
        self._tell("Switch on “Somebody moves” there, and Athena greets whoever came in.")
        self._tell("On its page Bedroom you can lie down, set an alarm, and try to end it in any way but getting up.")
        self._tell(f"Logs are in {_short(house.logs)}/. Ctrl-C ends all of it.")

    def _tell(self, line: str, *, error: bool = False) -> None:
        _print(line, sys.stderr if error or self._as_json else sys.stdout)


async def _until_told(demo: _Demo, settings: Settings, recordings: Sequence[Recording]) -> int:
    """Run the demo until it ends, or SIGINT, SIGTERM or SIGHUP ends it; return the exit status."""
    task = asyncio.current_task()
    assert task is not None  # a coroutine runs in a task
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, demo.interrupt, task)
    return await demo.run(settings, recordings)


def _print(line: str, stream: TextIO) -> None:
    """Print a line; where nobody reads any more, a closed terminal say, the house must still end in order."""
    try:
        print(line, file=stream, flush=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _port(value: str) -> int:
    if not value.isdecimal() or not 0 < int(value) < 2**16:
        raise argparse.ArgumentTypeError(f"{value} is not a port")
    return int(value)


async def _never() -> None:
    return None


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


def _short(path: Path) -> str:
    """Return a path as it is seen from the current folder."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


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
    parser.add_argument(
        "--say",
        nargs="+",
        type=Path,
        metavar="WAV",
        help='recordings to speak, a second apart (default: one of "hey Jarvis … turn on the living room lamp"), '
        "and no alarm after them",
    )
    parser.add_argument(
        "--ha", choices=RELEASES, help=f"the Home Assistant to start (default: {version('homeassistant')})"
    )
    parser.add_argument("--fresh", action="store_true", help="forget the home of an earlier run and make a new one")
    parser.add_argument("--folder", type=Path, default=ROOT / ".demo", help="where the home is kept (default: .demo)")
    for name, what in (
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
            help=f"port of {what} (%(default)s)",
        )
    return parser
