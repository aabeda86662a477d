"""A real llama.cpp with a model of random weights, and how often it names what a home lacks: the grammar's proof.

As a program: `script/bench agent_grammar [--completions N]`.
"""

import argparse
import asyncio
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import aiohttp
from homeassistant.util import dt as dt_util

from custom_components.athena.agent.guard.risk import Policy, judge
from custom_components.athena.agent.guard.verdict import Kind
from custom_components.athena.agent.home import Home, Situation
from custom_components.athena.agent.llm.asking import Asking
from custom_components.athena.agent.llm.body import body_of
from custom_components.athena.agent.llm.client import Client
from custom_components.athena.agent.llm.language import load_language
from custom_components.athena.agent.llm.lines import Lines
from custom_components.athena.agent.llm.server import OfflineError, Server, ServerError
from custom_components.athena.agent.llm.speech import Speech
from custom_components.athena.agent.llm.turn import Asked, Surroundings
from custom_components.athena.agent.reading import Plan
from custom_components.athena.deed import Deed

from ..house.ports import Ports
from ..room.bench.table import Row, print_table
from .prompt_bench.homes import home_of, states_of

ROOT: Final = Path(__file__).parent.parent.parent
VOICE: Final = ROOT / "wyoming_servers"
CONTEXT: Final = 16_384
"""Tokens of each slot: a model of random weights has a small vocabulary, and a prompt is many tokens to it."""
START_WITHIN: Final = 60.0

HARMLESS: Final = ("it claims", "a question with", "a value that")
"""Why an answer is rejected that names nothing wrong: a grammar cannot count, nor know what was asked."""

SAID: Final = ("it's stuffy", "make it nice in here", "let him in", "open everything", "good night", "kitchen", "")


@dataclass(slots=True, kw_only=True)
class Tally:
    """What became of the completions."""

    completions: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    unanswered: Counter[str] = field(default_factory=Counter)
    """Those that did not end, by why: of a machine that has other things to do."""
    lacking: list[str] = field(default_factory=list)
    """Answers that name what the home lacks, or are of no grammar."""
    forbidden: list[str] = field(default_factory=list)
    """Answers that come to a deed that the guard would refuse."""
    ms: list[float] = field(default_factory=list)


def llama_server() -> Path | None:
    """Return where llama.cpp's server is; None where it is not on this machine."""
    found = subprocess.run(
        [ROOT / "script/llama-server", "--there"], capture_output=True, text=True, check=False, timeout=60
    )
    return Path(found.stdout.strip()) if found.returncode == 0 else None


def make_model(folder: Path) -> Path:
    """Write a model of random weights."""
    file = folder / "tiny.gguf"
    subprocess.run([VOICE / ".venv/bin/python", "-m", "tests.llm.tiny_gguf", file], cwd=VOICE, check=True, timeout=120)
    return file


def command_of(program: Path, model: Path, port: int) -> list[str]:
    """Return what runs `athena-voice llm` on loopback."""
    return [
        str(VOICE / ".venv/bin/athena-voice"), "llm", "--model", str(model), "--uri", f"http://127.0.0.1:{port}",
        "--no-metrics", "--llama-server", str(program), "--context", str(CONTEXT), "--log-level", "warning",
    ]  # fmt: skip


@asynccontextmanager
async def serving(program: Path, model: Path, port: int) -> AsyncIterator[None]:
    """Run the server, and go on once it answers."""
    process = await asyncio.create_subprocess_exec(*command_of(program, model, port))
    try:
        await until_there(port)
        yield
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def until_there(port: int) -> None:
    """Return once the model answers."""
    async with asyncio.timeout(START_WITHIN), aiohttp.ClientSession() as session:
        client = Client(session, Server(url=f"http://127.0.0.1:{port}/v1"))
        while True:
            try:
                await client.async_try(body_of(Server(), [{"role": "user", "content": "x"}], "", ()), START_WITHIN)
            except OfflineError:
                await asyncio.sleep(0.1)
            else:
                return


async def async_tally(url: str, home: str, completions: int, seed: int = 0) -> Tally:
    """Let the model answer so often, as hot as can be, and look at every answer."""
    states, dice, tally = states_of(home), random.Random(seed), Tally()  # noqa: S311  of a test
    around = Surroundings(
        home=home_of(home), situation=Situation(states=states.get), now=dt_util.now(), scenes=("focus", "night")
    )
    asking = Asking(around.home, load_language("en"), "", is_grammar=True)
    waiting = list(range(completions))

    async def work(session: aiohttp.ClientSession, slot: int) -> None:
        client = Client(session, Server(url=url))
        while waiting:
            number = waiting.pop()
            area = dice.choice(sorted(around.home.areas))
            asked = Asked(text=dice.choice(SAID), around=_at(around, area))
            try:
                await _complete(client, asking, asked, tally, {"seed": seed + number, "id_slot": slot})
            except ServerError as err:
                tally.unanswered[str(err)] += 1

    async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
        for slot in range(2):
            group.create_task(work(session, slot))
    return tally


def _at(around: Surroundings, area: str) -> Surroundings:
    situation = Situation(states=around.situation.states, area=area)
    return Surroundings(home=around.home, situation=situation, now=around.now, scenes=around.scenes)


async def _complete(client: Client, asking: Asking, asked: Asked, tally: Tally, more: dict[str, Any]) -> None:
    ready = asking.ready(asked)
    said = [{"role": "user", "content": asked.text or "?"}]  # random weights make nothing of the prompt
    body = body_of(Server(), said, ready.grammar, ()) | {"temperature": 1.5, "max_tokens": 80} | more
    lines = Lines(ready.names, asked.around.scenes, Speech(load_language("en").words, asked.text), ", ".join)
    written, begun, is_whole = [], time.perf_counter(), True
    async with aclosing(client.async_complete(body, 120, patience=60)) as pieces:
        async for piece in pieces:
            written.append(piece.text)
            is_whole = piece.timings.get("predicted_n", 0) < 80
            lines.feed(piece.text)
    tally.ms.append(1000 * (time.perf_counter() - begun))
    if is_whole:
        lines.close()  # what was cut off in the middle of a name is no name
    tally.completions += 1
    text = "".join(written)
    tally.kinds[text.partition(":")[0]] += 1
    _judge(text, lines, asking.home, asked, tally)


def _judge(text: str, lines: Lines, home: Home, asked: Asked, tally: Tally) -> None:
    answered = lines.answered
    if any(not one.cause.startswith(HARMLESS) for one in answered.rejected):
        tally.lacking.append(text)
    options = answered.which.options if answered.which is not None else ()
    deeds = [step for step in answered.steps if isinstance(step, Deed)]
    deeds += [deed for option in options if isinstance(option.reading, Plan) for deed in option.reading.deeds]
    for deed in deeds:
        if not set(deed.entities) <= home.entities.keys():
            tally.lacking.append(text)
        if judge([deed], home, asked.around.situation.states, Policy()).kind is Kind.REFUSE:
            tally.forbidden.append(text)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="script/bench agent_grammar", description=__doc__)
    parser.add_argument("--json", action="store_true", help="the last line is the table as JSON")
    parser.add_argument("--completions", type=int, default=10_000, help="how many (10,000)")
    parser.add_argument("--home", default="manor", choices=("flat", "house", "manor"))
    args = parser.parse_args()
    program = llama_server()
    if program is None:
        sys.exit("there is no llama-server on this machine: script/llama-server fetches Debian's")
    tally = asyncio.run(_run(program, args.home, args.completions))
    print_table("Completions of random weights under the grammar", _rows(tally), as_json=args.json)
    for text in (tally.lacking + tally.forbidden)[:10]:
        print(repr(text))
    sys.exit(bool(tally.lacking or tally.forbidden))


async def _run(program: Path, home: str, completions: int) -> Tally:
    with tempfile.TemporaryDirectory() as folder:
        port = Ports.free().wake
        async with serving(program, make_model(Path(folder)), port):
            return await async_tally(f"http://127.0.0.1:{port}/v1", home, completions)


def _rows(tally: Tally) -> Sequence[Row]:
    ms = sorted(tally.ms)
    return [
        Row(name="completions", value=tally.completions, unit="times"),
        Row(name="names_what_the_home_lacks", value=len(tally.lacking), unit="times"),
        Row(name="comes_to_a_forbidden_deed", value=len(tally.forbidden), unit="times"),
        Row(name="unanswered", value=tally.unanswered.total(), unit="times"),
        *(Row(name=f"began.{kind}", value=count, unit="times") for kind, count in sorted(tally.kinds.items())),
        Row(name="p50", value=round(ms[len(ms) // 2], 1), unit="ms"),
    ]


if __name__ == "__main__":
    main()
