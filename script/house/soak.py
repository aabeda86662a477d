"""Many turns, one after the other: what each process holds after each of them, or one process killed in each.

`script/soak` runs it.
"""

import argparse
import asyncio
import json
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

from .errors import HouseError
from .home_assistant import RELEASES
from .house import House, running
from .kills import Kill, kill_at_random, plans
from .ports import Ports
from .recording import read
from .settings import Settings
from .trace import Step
from .usage import Usage, usage_of

COMMANDS: Final = ("turn_on_the_lamp", "turn_off_the_lamp")
"""What is said, in turn: each changes what the one before left."""

_EVERY: Final = 10
_ENDED_BADLY: Final = 1
_FIRST: Final = 50
_GROWTH: Final = 0.05


@dataclass(slots=True)
class Counts:
    """What came of the turns."""

    done: int = 0
    failed: list[str] = field(default_factory=list)


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command; ends the process with 0, or 1 where something did not come back or grew."""
    arguments = _parser().parse_args(argv)
    try:
        sys.exit(asyncio.run(_run(arguments)))
    except HouseError as err:
        sys.stderr.write(f"soak: {err}\n")
        sys.exit(_ENDED_BADLY)
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)


async def _run(arguments: argparse.Namespace) -> int:
    async with _house(arguments.folder) as house:
        if arguments.kills:
            return await _kills(house, arguments.kills, arguments.seed)
        return await _turns(house, arguments.turns)


@asynccontextmanager
async def _house(folder: Path | None) -> AsyncIterator[House]:
    kept = folder or Path(tempfile.mkdtemp(prefix="athena-soak-"))
    settings = Settings(
        release=RELEASES[version("homeassistant")],
        environment=Path(sys.prefix),
        folder=kept.resolve(),
        ports=Ports.free(),
    )
    _tell(f"a house in {kept}")
    async with running(settings, _tell) as house:
        yield house
    if folder is None:
        shutil.rmtree(kept)


async def _turns(house: House, count: int) -> int:
    _tell(f"load {os.getloadavg()[0]:.1f}")
    counts = Counts()
    held: dict[int, dict[str, Usage]] = {}
    for number in range(1, count + 1):
        await turn(house, number, counts)
        if number % _EVERY == 0:
            held[number] = {process.name: usage_of(process) for process in house.processes}
            _tell(f"turn {number}: " + ", ".join(_short(name, usage) for name, usage in held[number].items()))
    _tell(f"{counts.done} turns, {len(counts.failed)} failed, load {os.getloadavg()[0]:.1f}")
    if not held:
        return _ENDED_BADLY if counts.failed else 0
    grown = {name: _growth(held, name) for name in next(iter(held.values()))}
    for name, growth in grown.items():
        _tell(f"{name:<28}{_held(held, name)}  RSS {growth:+.1%}")
    return _ENDED_BADLY if counts.failed or any(growth > _GROWTH for growth in grown.values()) else 0


async def turn(house: House, number: int, counts: Counts) -> None:
    """Say a command, and count whether it was done and answered."""
    command = COMMANDS[number % len(COMMANDS)]
    steps = await house.microphone.turn(read(Path(__file__).with_name(f"{command}.wav")))
    if (missing := _missing(steps, command)) is None:
        counts.done += 1
        return
    counts.failed.append(missing)
    _tell(f"turn {number}: {missing}")


def _missing(steps: Sequence[Step], command: str) -> str | None:
    """Return what a turn lacks that heard, did and answered what was said."""
    names = {step.name: step for step in steps}
    if "transcript" not in names:
        return f"no transcript, but {list(names)}"
    if (heard := names["transcript"].details["text"]) != command.replace("_", " "):
        return f"{heard!r} was understood"
    return None if "played" in names else f"no reply, but {list(names)}"


async def _kills(house: House, count: int, seed: int) -> int:
    _tell(f"seed {seed}, load {os.getloadavg()[0]:.1f}")
    await house.home_assistant.until_saved()
    kills: list[Kill] = []
    for number, plan in enumerate(plans(seed, count), 1):
        kill = await kill_at_random(house, plan)
        kills.append(kill)
        _tell(f"{number:>3}  {kill}")
    for process in dict.fromkeys(kill.process for kill in kills):
        these = [kill for kill in kills if kill.process == process]
        _tell(
            f"{process:<28}{len(these):>3} kills, back after {max(kill.back_seconds for kill in these):.1f} s at most, "
            f"the next turn {max(kill.next_seconds for kill in these):.1f} s after that at most"
        )
    _tell(json.dumps([asdict(kill) for kill in kills]))
    late = [kill for kill in kills if not kill.well]
    _tell(f"{count} kills, {len(late)} after which something was wrong, load {os.getloadavg()[0]:.1f}")
    return _ENDED_BADLY if late else 0


def _growth(held: dict[int, dict[str, Usage]], name: str) -> float:
    first = held[min(held, key=lambda turns: abs(turns - _FIRST))][name].rss_kib
    return held[max(held)][name].rss_kib / first - 1


def _held(held: dict[int, dict[str, Usage]], name: str) -> str:
    numbers = sorted({min(held, key=lambda turns: abs(turns - _FIRST)), max(held)})
    return "; ".join(f"after {number}: {_short('', held[number][name])}" for number in numbers)


def _short(name: str, usage: Usage) -> str:
    return f"{name} {usage.rss_kib / 1024:.1f} MiB {usage.files} files {usage.threads} threads".strip()


def _tell(line: str) -> None:
    print(f"{datetime.now(UTC):%H:%M:%S} {line}", flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="script/soak",
        description="Let a house have many turns, and tell what its processes hold, or kill one of them in each turn.",
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--turns", type=int, help="how many turns; tells memory, files and threads after every tenth")
    what.add_argument("--kills", type=int, help="how many turns in which one process is killed, at a random step")
    parser.add_argument("--seed", type=int, default=1, help="of the random choices of --kills (%(default)s)")
    parser.add_argument(
        "--folder", type=Path, help="where the house is kept (default: a new folder, deleted at the end)"
    )
    return parser


if __name__ == "__main__":
    main()
