"""A process killed at a random step of a turn, started again at once, and how long it takes until a turn works."""

import asyncio
import contextlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

from .errors import TooLateError
from .house import House
from .processes import Process, until
from .recording import read

PROCESSES: Final = ("Home Assistant", "wake", "stt", "tts", "satellite")
STEPS: Final = (
    "listening",
    "microphone",
    "wake",
    "streaming",
    "voice_started",
    "voice_stopped",
    "transcript",
    "first_audio",
)
"""Of the satellite's trace; "listening": between two turns."""

NEXT_SECONDS: Final = 3.0
"""How soon after the process's return the next turn has to work."""

_MOST_LATER: Final = 0.4
_STEP_SECONDS: Final = 15.0
_END_SECONDS: Final = 60.0
_TRIES: Final = 3
_COMMAND: Final = Path(__file__).with_name("turn_on_the_lamp.wav")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be killed, and when."""

    process: str
    step: str
    later_seconds: float
    """How long after the step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kill:
    """What came of it."""

    process: str
    step: str
    back_seconds: float
    """From the kill, when it is started again, to its return: it answers, and Home Assistant is connected to it."""

    ended_seconds: float
    """From the kill to the end of the turn in which it came; 0 where there was none."""

    next_seconds: float
    """From its return and the end of that turn, whichever came later, to where a wake word began a turn that worked."""

    tries: int
    """How many turns it took."""

    @property
    def well(self) -> bool:
        """Return whether nothing hung and the next turn came in time."""
        return self.next_seconds <= NEXT_SECONDS and self.tries == 1

    def __str__(self) -> str:
        """Return it as a line."""
        return (
            f"{self.process:<15}at {self.step:<14}back after {self.back_seconds:5.1f} s, that turn ended after "
            f"{self.ended_seconds:4.1f} s, the next works {self.next_seconds:4.1f} s later"
            + ("" if self.tries == 1 else f", {self.tries} TRIES")
        )


def plans(seed: int, count: int) -> Iterator[Plan]:
    """Return what to kill and when; the same for the same seed."""
    choice = random.Random(seed)  # noqa: S311 (to be had again is what it is for)
    for _ in range(count):
        yield Plan(
            process=choice.choice(PROCESSES), step=choice.choice(STEPS), later_seconds=choice.uniform(0, _MOST_LATER)
        )


def process_of(house: House, name: str) -> Process:
    """Return the process of that name."""
    return house.home_assistant.process if name == "Home Assistant" else getattr(house.voice, name)


async def kill_at_random(house: House, plan: Plan) -> Kill:
    """Kill a process of a house that listens, start it again at once, and say a command once it is back.

    Raises TooLateError where it does not come back, the turn hangs in which it was killed, or no later one works.
    """
    process = process_of(house, plan.process)
    began_at = datetime.now(UTC)
    spoken_until = began_at
    if plan.step != "listening":
        [spoken] = await house.microphone.speak([read(_COMMAND)])
        spoken_until = spoken.ended_at
        with contextlib.suppress(TooLateError):  # a turn without that step is one to be killed at its end
            await house.microphone.until_step(plan.step, began_at, _STEP_SECONDS)
    await asyncio.sleep(plan.later_seconds)
    await process.kill()
    killed_at = datetime.now(UTC)
    await process.start()
    await _until_back(house, process)
    back_at = datetime.now(UTC)
    alive_since = killed_at if process is house.voice.satellite else began_at
    await house.microphone.until_quiet(alive_since, spoken_until)
    ended_at = max((step.at for step in house.microphone.trace.since(alive_since) if step.name == "end"), default=None)
    ready_at = max(back_at, ended_at or back_at)
    if process in (house.home_assistant.process, house.voice.wake, house.voice.satellite) or ended_at is not None:
        listening = await house.microphone.until_step("listening", max(killed_at, ended_at or killed_at), _END_SECONDS)
        works_at = max(ready_at, listening.at)
    else:
        works_at = ready_at
    tries, said_at = await _until_a_turn_works(house)
    return Kill(
        process=plan.process,
        step=plan.step,
        back_seconds=(back_at - killed_at).total_seconds(),
        ended_seconds=0.0 if ended_at is None else max(0.0, (ended_at - killed_at).total_seconds()),
        next_seconds=((works_at if tries == 1 else said_at) - ready_at).total_seconds(),
        tries=tries,
    )


async def _until_back(house: House, process: Process) -> None:
    if process is house.home_assistant.process:
        await house.home_assistant.until_up()
        await house.until_whole()
        return
    await house.voice.until_ready(process)
    if process is house.voice.satellite:
        await until("Home Assistant connecting to the satellite", partial(_has_dialled, process), within=_END_SECONDS)


async def _has_dialled(satellite: Process) -> bool | None:
    return satellite.has_said("Home Assistant is connected") or None


async def _until_a_turn_works(house: House) -> tuple[int, datetime]:
    """Say the command until it is done; return how often that was, and when the last time began."""
    for tries in range(1, _TRIES + 1):
        said_at = datetime.now(UTC)
        steps = {step.name for step in await house.microphone.turn(read(_COMMAND))}
        if {"transcript", "synthesize", "played"} <= steps:
            return tries, said_at
    raise TooLateError(f"none of {_TRIES} turns worked, the last one had {steps}{house.voice.satellite.last_words()}")
