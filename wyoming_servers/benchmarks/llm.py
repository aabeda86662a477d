"""The local model: time to the first token, and what it evaluates, when the home's prompt is known and when it is not.

Measured through `athena-voice llm`, with each engine that is here. The peer is the same server told not to use what it
knows (`cache_prompt` off), turn by turn. Without `--model` it is a tiny model of random weights: then milliseconds say
what the way costs, and tokens what a real one saves. Thousands of answers are made under a grammar, too, and
those outside it are counted.
"""

import argparse
import asyncio
import os
import re
import signal
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import aiohttp
from _pytest.outcomes import Skipped

from athena_voice.llm.process import State
from tests.conftest import until
from tests.llm import tiny_gguf
from tests.llm.conftest import ENGINES, Llm, options_of, serving_llm

from .table import Row, print_table

_ROOMS: Final = ("Kitchen", "Living Room", "Bedroom", "Bathroom", "Office", "Hall", "Garage", "Garden")
_THINGS: Final = ("Lamp", "Ceiling Light", "Blinds", "Fan", "Heater", "Window Sensor", "Speaker")
_HOME: Final = "\n".join(f"{room}: {', '.join(f'{room} {thing}' for thing in _THINGS)}" for room in _ROOMS)
_SYSTEM: Final = f"Say what to do in this home, one deed a line.\n{_HOME}"
_DEEDS: Final = ("turn on", "turn off", "open", "close")
_NAMES: Final = [f"{room} {thing}" for room in _ROOMS for thing in _THINGS]
_GRAMMAR: Final = (
    'root ::= deed ("\\n" deed)?\n'
    f'deed ::= ({" | ".join(f"{chr(34)}{deed}{chr(34)}" for deed in _DEEDS)}) " " name\n'
    f"name ::= {' | '.join(f'{chr(34)}{name}{chr(34)}' for name in _NAMES)}\n"
)
_DEED: Final = rf"(?:{'|'.join(_DEEDS)}) (?:{'|'.join(_NAMES)})"
_WHOLE: Final = re.compile(rf"{_DEED}(?:\n{_DEED})?")
_AT_ONCE: Final = 2


@dataclass(slots=True, kw_only=True)
class Turns:
    """What one way of asking took, a number for each turn."""

    first: list[float] = field(default_factory=list)
    """Milliseconds to the first token."""
    evaluated: list[int] = field(default_factory=list)


async def measure(engine: str, model: Path, *, tiny: bool, turns: int, completions: int) -> Sequence[Row]:
    """Return the rows of an engine."""
    options = options_of(engine)
    if not tiny:
        del options["threads"]  # as many as llama.cpp thinks right
    async with serving_llm(model, **options) as llm:
        warm, cold = Turns(), Turns()
        await _turn(llm, 0, Turns(), cached=True)
        for number in range(1, turns + 1):  # in turn, so that what else the machine does is shared by both
            await _turn(llm, number, warm, cached=True)
            await _turn(llm, number, cold, cached=False)
            await _turn(llm, number, Turns(), cached=True)
        rows = [
            _compared(f"{engine}.first_token", warm.first, cold.first, "ms"),
            _compared(f"{engine}.evaluated", warm.evaluated, cold.evaluated, "tokens"),
        ]
        outside, a_second = await _under_grammar(llm, completions)
        rows += [
            Row(name=f"{engine}.outside_grammar", value=outside, unit=f"of {completions}"),
            Row(name=f"{engine}.completions", value=a_second, unit="a second"),
            Row(name=f"{engine}.back_after_kill", value=await _back(llm), unit="s"),
        ]
    return rows


async def _turn(llm: Llm, number: int, turns: Turns, *, cached: bool) -> None:
    text = f"please {_DEEDS[number % len(_DEEDS)]} the {_NAMES[7 * number % len(_NAMES)].lower()}"
    begun = time.perf_counter()
    first, evaluated = 0.0, 0
    more: dict[str, Any] = {"grammar": _GRAMMAR, "id_slot": 0, "max_tokens": 32, "cache_prompt": cached}
    async with llm.stream(text, system=_SYSTEM, **more) as events:
        async for event in events:
            if event and event["choices"] and event["choices"][0]["delta"].get("content") and not first:
                first = 1000 * (time.perf_counter() - begun)
            if event and "timings" in event:
                evaluated = event["timings"]["prompt_n"]
    turns.first.append(first)
    turns.evaluated.append(evaluated)


def _compared(name: str, ours: Sequence[float], peers: Sequence[float], unit: str) -> Row:
    value, peer = statistics.median(ours), statistics.median(peers)
    return Row(name=name, value=value, unit=unit, peer=peer, ratio=value / peer)


async def _under_grammar(llm: Llm, completions: int) -> tuple[int, float]:
    """Return how many answers are none of the grammar's, and how many were made a second."""
    seeds, outside = iter(range(completions)), 0
    begun = time.perf_counter()

    async def some() -> None:
        nonlocal outside
        for seed in seeds:
            said = await llm.say("do it", grammar=_GRAMMAR, temperature=1.5, seed=seed, max_tokens=128)
            outside += _WHOLE.fullmatch(said) is None

    await asyncio.gather(*(some() for _ in range(_AT_ONCE)))
    return outside, completions / (time.perf_counter() - begun)


async def _back(llm: Llm) -> float:
    """Return how long the model is away when its process is killed."""
    pid = llm.service.process.pid
    assert pid is not None
    begun = time.perf_counter()
    os.kill(pid, signal.SIGKILL)
    await until(lambda: llm.service.process.state is not State.OK)
    await llm.ok()
    return time.perf_counter() - begun


async def run(arguments: argparse.Namespace, folder: Path) -> Sequence[Row]:
    """Return all rows."""
    model = arguments.model or tiny_gguf.make(folder / "tiny.gguf")
    rows: list[Row] = []
    for engine in [arguments.engine] if arguments.engine else ENGINES:
        try:
            rows += await measure(
                engine, model, tiny=arguments.model is None, turns=arguments.turns, completions=arguments.completions
            )
        except Skipped as reason:
            print(f"{engine} is left out: {reason}")
        except aiohttp.ClientError as err:
            raise SystemExit(f"{engine} does not answer: {err}") from err
    return rows


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, metavar="FILE", help="a GGUF file (a tiny one of random weights)")
    parser.add_argument("--engine", choices=ENGINES, help="(each that is here)")
    parser.add_argument("--turns", type=int, default=30, help="%(default)s")
    parser.add_argument("--completions", type=int, default=10_000, help="under a grammar (%(default)s)")
    parser.add_argument("--json", action="store_true", help="the table once more, on the last line")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows = asyncio.run(run(arguments, Path(folder)))
    print_table(
        "The local model (peer: the same server, without what it knows of the prompt)", rows, as_json=arguments.json
    )


if __name__ == "__main__":
    main()
