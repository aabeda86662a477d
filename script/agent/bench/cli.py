"""The agent: how much it understands, how quickly, and whether what it says is so, beside Home Assistant's own."""

import argparse
import asyncio
import sys
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Final

from ...room.bench.table import Row, print_table
from ..virtual.house import House, open_house
from . import device_actions, intents_en, own
from .agents import Agent, Entity, Strict
from .athena import ENTITY, Modes, async_at_home
from .cases import CaseSet, Group
from .expected import Verdict
from .first import measure
from .report import first_rows, largest_rows, print_false, print_legend, print_list, print_sample, print_slow, rows_of
from .run import Outcome, async_run

ROOT: Final = Path(__file__).resolve().parents[3]
SHARED: Final = ROOT.parent / "shared" / "data"
SETS: Final[Mapping[str, Callable[[], CaseSet]]] = {
    "intents_en": lambda: intents_en.load(SHARED / "intents_en"),
    "device_actions": lambda: device_actions.load(SHARED / "device_actions"),
    "own": own.load,
    "unseen": lambda: own.load("unseen", "unseen"),
    "unseen_questions": lambda: own.load("unseen_questions", "unseen_questions"),
    "third": lambda: own.load("third", "third"),
    "companion": lambda: own.load("companion", "companion"),
}


def main() -> None:
    """Measure and print."""
    arguments = _arguments()
    rows = asyncio.run(_async_measure(arguments))
    print_table("The agent", rows, as_json=arguments.json)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/bench agent", description=__doc__)
    parser.add_argument("--json", action="store_true", help="the table as JSON on the last line")
    parser.add_argument("--set", dest="sets", action="append", choices=[*SETS], help="only this set (may be repeated)")
    parser.add_argument("--agent", dest="agents", action="append", help="only this agent (may be repeated)")
    parser.add_argument("--limit", type=int, help="so many sentences of each set, spread over all of it")
    parser.add_argument("--match", help="only sentences with this text, or of this source or kind")
    parser.add_argument(
        "--list",
        dest="verdicts",
        action="append",
        choices=[*map(str, Verdict), "slow", "false_success"],
        help="list each such sentence of the first agent, with what was expected and what was done (may be repeated)",
    )
    parser.add_argument(
        "--flaky", type=float, default=0.0, help="this part of all devices ignores its first call, or all"
    )
    return parser.parse_args()


async def _async_agents(house: House, chosen: Collection[str] | None) -> dict[str, Agent]:
    hass = house.hass
    agents: dict[str, Agent] = {}
    if await async_at_home(house):
        modes = Modes(house)
        agents["athena"] = Entity(hass, "athena", ENTITY, modes.whole)
        agents["athena_alone"] = Entity(hass, "athena_alone", ENTITY, modes.alone)
    else:
        print("athena does not start, and is left out", file=sys.stderr)
    agents["hassil"] = Strict(hass)
    agents["gazetteer"] = Entity(hass, "gazetteer", "conversation.home_assistant")
    return {name: agent for name, agent in agents.items() if not chosen or name in chosen}


async def _async_measure(arguments: argparse.Namespace) -> list[Row]:
    rows: list[Row] = []
    async with open_house() as house:
        agents = await _async_agents(house, arguments.agents)
        print_legend(list(agents))
        for name in arguments.sets or SETS:
            try:
                cases = SETS[name]()
            except FileNotFoundError as err:
                print(f"{name}: skipped, {err.filename} is not there", file=sys.stderr)
                continue
            began = perf_counter()
            cases = _matching(cases, arguments.match)
            outcome = await async_run(house, cases, list(agents.values()), arguments.limit, arguments.flaky)
            print_sample(outcome)
            print(f"  {perf_counter() - began:.0f} s")
            for verdict in arguments.verdicts or ():
                _print_list(outcome, next(iter(agents)), verdict)
            rows += rows_of(outcome)
            if name == "own":
                rows += largest_rows(outcome)
        if not (arguments.sets or arguments.limit):
            rows += first_rows(measure, list(agents))
    return rows


def _print_list(outcome: Outcome, agent: str, what: str) -> None:
    if what == "slow":
        print_slow(outcome, agent)
    elif what == "false_success":
        print_false(outcome, agent)
    else:
        print_list(outcome, agent, Verdict(what))


def _matching(cases: CaseSet, text: str | None) -> CaseSet:
    """Return only what has this text in a sentence, its source or its kind."""
    if text is None:
        return cases
    found = text.casefold()
    groups = [
        Group(
            home=group.home,
            cases=tuple(
                case
                for case in group.cases
                if any(
                    found in each.casefold() for each in (case.source, case.kind, *(turn.text for turn in case.turns))
                )
            ),
        )
        for group in cases.groups
    ]
    return replace(cases, groups=tuple(group for group in groups if group.cases))
