"""The first call after a start, in a process of its own, and how long the index of a home takes to build."""

import asyncio
import json
import statistics
import subprocess
import sys
from pathlib import Path
from time import perf_counter
from typing import Final

from custom_components.athena.agent.persona import load_persona
from custom_components.athena.agent.resolver.language.lexicon import load_lexicon
from custom_components.athena.agent.resolver.resolver import Resolver
from custom_components.athena.agent.snapshot import take
from custom_components.athena.const import LANGUAGE

from ..virtual.house import PHONE, House, open_house
from . import own
from .agents import Entity, Strict
from .athena import ENTITY, Modes, async_at_home

ROOT: Final = Path(__file__).resolve().parents[3]
LARGEST: Final = "manor"
SENTENCE: Final = "turn on the library lamp"
ROUNDS: Final = 9


def measure(agent: str) -> dict[str, float]:
    """Start Home Assistant anew in the largest home, and return the ms of the first call and of building the index."""
    command = [sys.executable, "-m", "script.agent.bench.first", agent]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


async def async_first(agent: str) -> dict[str, float]:
    """Say one sentence to an agent to whom nobody has spoken yet."""
    home = next(group.home for group in own.load().groups if group.home.name == LARGEST)
    async with open_house() as house:
        await house.async_move_in(home)
        speaker = await _async_agent(house, agent)
        said = await speaker.async_say(SENTENCE, house.satellites[PHONE], None)
        found = {"first_call": said.ms, "entities": float(len(home.things))}
        if agent == "athena":
            found["build"] = _build_ms(house)
        return found


async def _async_agent(house: House, agent: str) -> Entity | Strict:
    if not agent.startswith("athena"):
        return Strict(house.hass) if agent == "hassil" else Entity(house.hass, agent, "conversation.home_assistant")
    assert await async_at_home(house)
    modes = Modes(house)
    async with asyncio.timeout(30):
        await modes.async_ready()  # Home Assistant has started, and so has she: it goes on for a moment after set-up
    return Entity(house.hass, agent, ENTITY, modes.whole if agent == "athena" else modes.alone)


def _build_ms(house: House) -> float:
    """Return the median of building the index anew, from the registries to the resolver."""
    lexicon, persona = load_lexicon(LANGUAGE), load_persona(LANGUAGE)
    times = []
    for _ in range(ROUNDS):
        began = perf_counter()
        Resolver(lexicon, take(house.hass, ()), persona)
        times.append((perf_counter() - began) * 1000)
    return statistics.median(times)


if __name__ == "__main__":
    print(json.dumps(asyncio.run(async_first(sys.argv[1]))))
