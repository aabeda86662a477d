"""The command line of the replay."""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Any, Final

from custom_components.athena.brain.commands import Command
from custom_components.athena.brain.errors import BrainError, MalformedEventError
from custom_components.athena.brain.fields import read_moment
from custom_components.athena.brain.wire import as_dict, event_from_dict

from . import room_file
from .errors import IgnoredError, LineError, ReplayError, RoomFileError
from .player import Player, Show

DONE: Final = 0
BAD_LINE: Final = 1
BAD_USE: Final = 2

_LINE: Final = (
    '{"type": "presence.motion_detected", "room": "bedroom", "at": "2026-01-06T00:58:00+00:00", "source": "pir"}'
)


def main(argv: Sequence[str] | None = None) -> None:
    """Replay; ends the process with 0, 1 where a line is no event, 2 for bad arguments or a bad room."""
    arguments = _parser().parse_args(argv)
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    try:
        sys.exit(_replay(arguments))
    except ReplayError as err:
        sys.stderr.write(f"replay: {err}\n")
        sys.exit(BAD_USE)
    except BrokenPipeError:  # whoever reads has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        sys.exit(130)


def _replay(arguments: argparse.Namespace) -> int:
    rooms = {} if arguments.room is None else room_file.read(arguments.room)
    player = Player(rooms.values(), _shown(explain=arguments.explain))
    status = DONE
    with _opened(arguments.events) as lines:
        for number, line in enumerate(lines, 1):
            try:
                _tell(player, line)
            except LineError as err:
                sys.stderr.write(f"replay: line {number}: {err}\n")
                status = BAD_LINE
            except IgnoredError as err:
                sys.stderr.write(f"replay: line {number}: ignored: {err}\n")
            except BrainError as err:
                sys.stderr.write(f"replay: line {number}: refused: {err}\n")
            except RoomFileError as err:
                raise RoomFileError(f"{arguments.room}: {err}") from err
    if arguments.until is not None:
        player.wait_until(arguments.until)
    return status


def _tell(player: Player, line: bytes) -> None:
    if not line.strip():
        return
    try:
        event = event_from_dict(json.loads(line))
    except (ValueError, RecursionError) as err:
        raise LineError(f"is not JSON: {err}") from err
    except MalformedEventError as err:
        raise LineError(str(err)) from err
    player.tell(event)


def _shown(*, explain: bool) -> Show:
    """Return what prints an order, and why it was given where that is asked for."""

    def show(at: datetime, command: Command, why: dict[str, Any]) -> None:
        said = {"at": at.isoformat(), **as_dict(command)} | (why if explain else {})
        print(json.dumps(said, ensure_ascii=False), flush=True)

    return show


def _opened(events: str) -> AbstractContextManager[Iterable[bytes]]:
    if events == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(events).open("rb")
    except OSError as err:
        raise ReplayError(f"{events}: {err.strerror}") from err


def _moment(text: str) -> datetime:
    try:
        return read_moment(text)
    except ValueError as err:
        raise argparse.ArgumentTypeError(str(err)) from err


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="script/replay",
        description="Tell rooms what happened, and print what they order, one JSON object a line with `at` and `type`.",
        epilog=f"An event is a line like {_LINE}. Time passes between events: what the rooms wait for comes, and "
        "alarms ring. docs/replay.md says more.",
    )
    parser.add_argument(
        "events", metavar="EVENTS.jsonl", help="what happened, one event a line; - is the standard input"
    )
    parser.add_argument(
        "--room", type=Path, metavar="FILE.yaml", help="the settings and alarms of a room, or of several"
    )
    parser.add_argument("--explain", action="store_true", help="add to each command why it was given")
    parser.add_argument("--until", type=_moment, metavar="TIME", help="let time pass after the last event, up to then")
    return parser
