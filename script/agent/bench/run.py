"""Say every sentence of a set to every agent, in the same home in the same states, and judge what comes of it."""

import statistics
import zlib
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isnan
from types import MappingProxyType
from typing import Final

from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import intent

from ..virtual.house import PHONE, House
from . import athena
from .agents import Agent, Said
from .cases import Case, CaseSet, Group, Judge, Present, Turn
from .expected import Expected, Reply, Verdict, score

WARM: Final = ("what time is it", "never mind", "xyzzy")
"""Said before anything is timed in a home: each tier loads what it needs."""
CONFIRMED: Final = "Sure?"
"""How Athena's confirmations end; the bench says yes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One sentence to one agent."""

    case: Case
    turn: Turn
    expected: Expected
    reply: Reply
    verdict: Verdict
    home: str


@dataclass(slots=True)
class Result:
    """A set as one agent took it."""

    name: str
    agent: str
    judged: list[Judged] = field(default_factory=list)

    def percent(self, verdict: Verdict) -> float:
        """Return how many of a hundred sentences were so."""
        return 100 * sum(each.verdict is verdict for each in self.judged) / max(1, len(self.judged))

    def ms(self, share: int) -> float:
        """Return a percentile of the time from the sentence to the answer."""
        return percentile([each.reply.ms for each in self.judged if not isnan(each.reply.ms)], share)

    @property
    def false_successes(self) -> list[Judged]:
        """Return where a deed was claimed that the states do not show."""
        return [each for each in self.judged if each.expected.deeds and each.reply.is_false_success]


@dataclass(slots=True)
class Outcome:
    """A set as all agents took it."""

    results: dict[str, Result]
    left_out: Counter[str] = field(default_factory=Counter)


def percentile(values: Sequence[float], share: int) -> float:
    """Return it; not a number where there is nothing."""
    if len(values) < 2:
        return values[0] if values else float("nan")
    return statistics.quantiles(values, n=100, method="inclusive")[share - 1]


async def async_run(house: House, cases: CaseSet, agents: Sequence[Agent], limit: int | None, flaky: float) -> Outcome:
    """Say all of it."""
    outcome = Outcome(results={agent.name: Result(name=cases.name, agent=agent.name) for agent in agents})
    outcome.left_out.update(cases.left_out)
    risky = frozenset(athena.risky(cases)) if cases.is_risky_allowed else frozenset()
    house.devices.ignores = lambda entity, nth: _ignores(entity, nth, flaky)
    for group in cases.limited(limit):
        await async_enter(house, group, agents, risky)
        for case in group.cases:
            async for judged in _async_case(house, group, case, agents, outcome):
                outcome.results[judged[0]].judged.append(judged[1])
    house.devices.ignores = lambda _entity, _nth: False
    return outcome


async def async_enter(
    house: House, group: Group, agents: Sequence[Agent], may_open: frozenset[str] = frozenset()
) -> None:
    """Build the home, and let every agent get to know it."""
    await house.async_move_in(group.home)
    if any(agent.name.startswith("athena") for agent in agents):
        await athena.async_at_home(house, may_open)
    for agent in agents:
        for text in WARM:
            await agent.async_say(text, house.satellites[PHONE], None)
    await house.async_restore()


async def _async_case(
    house: House, group: Group, case: Case, agents: Sequence[Agent], outcome: Outcome
) -> AsyncIterator[tuple[str, Judged]]:
    expected: list[Expected | Present] = []
    for turn in case.turns:
        what: Expected | Judge | Present | None = turn.expected
        if isinstance(what, Judge):
            what = await _async_ask(house, case, what)
        if what is None:
            outcome.left_out["what is right there cannot be told"] += 1
            outcome.left_out[f"  {case.source}: {turn.text}"] += 1
            return
        expected.append(what)
    for agent in agents:
        await _async_set_up(house, case)
        conversation_id: str | None = None
        area = case.area
        for turn, what in zip(case.turns, expected, strict=True):
            area = turn.area or area
            await house.async_make(turn.states)
            right = what if isinstance(what, Expected) else what.expect(house)
            said = await _async_say(agent, turn.text, house.satellites[area or PHONE], conversation_id)
            if (speech_of(said.response)).endswith(CONFIRMED) and not right.asks:
                yes = await agent.async_say("yes", house.satellites[area or PHONE], said.conversation)
                said = Said(response=yes.response, ms=said.ms, conversation=said.conversation, goes_on=yes.goes_on)
            await house.hass.async_block_till_done()
            conversation_id = said.conversation
            handed = athena.handed_to(house) if agent.name.startswith("athena") else (None, {})
            reply = reply_of(house, said, *handed)
            house.devices.log.empty()
            yield (
                agent.name,
                Judged(
                    case=case,
                    turn=turn,
                    expected=right,
                    reply=reply,
                    verdict=score(right, reply),
                    home=group.home.name,
                ),
            )
    await house.async_restore()


async def _async_say(agent: Agent, text: str, device: str, conversation_id: str | None) -> Said:
    """Say it; an agent that raises has answered with an error, after whatever it did."""
    try:
        return await agent.async_say(text, device, conversation_id)
    except HomeAssistantError as err:
        failed = intent.IntentResponse(language="en")
        failed.async_set_error(intent.IntentResponseErrorCode.UNKNOWN, f"(raised {type(err).__name__})")
        return Said(response=failed, ms=float("nan"), conversation=conversation_id)


async def _async_ask(house: House, case: Case, judge: Judge) -> Expected | None:
    """Find out what is right, with devices that do what they are told."""
    await _async_set_up(house, case)
    ignores, house.devices.ignores = house.devices.ignores, lambda _entity, _nth: False
    try:
        return await judge.async_expect(house, case)
    finally:
        house.devices.ignores = ignores


async def _async_set_up(house: House, case: Case) -> None:
    house.devices.plays_what_is_searched = case.plays_what_is_searched
    await house.async_set_up(case.states, case.timers, case.items)
    athena.settle(house, case.rooms)


def speech_of(response: intent.IntentResponse | None) -> str:
    """Return what was said."""
    return str(response.speech.get("plain", {}).get("speech") or "") if response is not None else ""


def reply_of(
    house: House, said: Said, handed: str | None = None, slots: Mapping[str, str] = MappingProxyType({})
) -> Reply:
    """Return what an agent said, and what it has done since the log was emptied; `handed` to that intent."""
    response = said.response
    log = house.devices.log
    kind = response.response_type if response is not None else intent.IntentResponseType.ERROR
    return Reply(
        speech=speech_of(response),
        is_error=kind is intent.IntentResponseType.ERROR,
        is_answer=kind is intent.IntentResponseType.QUERY_ANSWER,
        goes_on=said.goes_on,
        deeds={entity: dict(effect) for entity, effect in log.deeds.items()},
        calls=tuple(log.calls),
        changing=frozenset(log.changing),
        ms=said.ms,
        intent=handed or (response.intent.intent_type if response and response.intent else None),
        slots=slots,
        unseen=tuple(entity for entity, effect in log.deeds.items() if not house.devices.shows(entity, effect)),
    )


def _ignores(entity: str, nth: int, flaky: float) -> bool:
    """Return whether a device does not do as it is told: half of the flaky ones the first time, half of them never."""
    drawn = zlib.crc32(entity.encode()) % 1000 / 1000
    return drawn < flaky and (nth == 1 or drawn < flaky / 2)


def all_judged(outcome: Outcome) -> Iterator[Judged]:
    """Return every judgement of a set."""
    for result in outcome.results.values():
        yield from result.judged
