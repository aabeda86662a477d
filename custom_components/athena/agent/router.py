"""From what was said to what is answered: an open question first, then tier by tier; and nothing without the guard."""

import logging
from dataclasses import replace

from homeassistant.helpers import intent

from ..brain import phrases
from . import tiers
from .acting import Acting
from .dialogue import Dialogue, Wait
from .guard.guard import Guard, keypad_for, line_of
from .guard.risk import policy_of
from .guard.verdict import ALLOWED, Kind, Verdict
from .home import Home
from .llm.turn import Surroundings
from .reading import Answer, Plan, Reading, Refusal, Which
from .reply import Reply
from .resuming import Resumed, Resuming
from .snapshot import withheld
from .tiers.gazetteer import GazetteerTier
from .tiers.home_assistant import HomeAssistantTier
from .tiers.model import ModelTier
from .tiers.resolver import ResolverTier
from .tiers.tier import Means, Tier, Turn
from .trace import kind_of
from .which_room import which_room

_LOGGER = logging.getLogger(__name__)


class Router:
    """Turns what was said into a deed and an answer."""

    def __init__(self, means: Means, dialogue: Dialogue) -> None:
        self._hass = means.hass
        self.tiers: tuple[Tier, ...] = tuple(tier(means) for tier in tiers.ALL)
        self._wordings = means.wordings
        self._dialogue = dialogue
        self._acting = Acting(means)
        self._policy = policy_of(means.entry.options)
        self._resolver = next((tier for tier in self.tiers if isinstance(tier, ResolverTier)), None)
        self._resuming = Resuming(
            wordings=means.wordings,
            keypad=keypad_for(self._policy, means.wordings.digits),
            resolver=self._resolver,
        )
        self._guard: tuple[Home, Guard] | None = None
        self._broken: set[str] = set()

    async def async_answer(self, turn: Turn) -> Reply:
        """Do what is asked, or ask back, and return the answer."""
        if (pending := self._dialogue.take(turn.keys)) is not None:
            resumed = await self._resuming.async_resume(pending, turn)
            if resumed is not None:
                turn.trace.read("dialogue", resumed.reading)
                return await self._async_settle(resumed, turn)
        for tier in self.tiers:
            if turn.is_over:
                break
            reading = await self._async_ask(tier, turn)
            if reading is None:
                continue
            resumed = Resumed(reading=reading, text=turn.text)
            if self._verdict(resumed, turn).is_misheard:
                continue  # the words say otherwise: another may read them better
            if await self._is_doubtful(tier, reading, turn):
                continue
            turn.trace.read(tier.name, reading)
            return await self._async_settle(resumed, turn)
        turn.trace.cause = "no tier made anything of it"
        if self._guard_of(turn).is_about_deeds(turn.text) and (hidden := withheld(self._hass, turn.home, turn.text)):
            turn.is_understood, turn.trace.cause = True, f"not exposed: {hidden}"
        line = phrases.CANNOT_DO if turn.is_understood else phrases.DID_NOT_CATCH
        return Reply.refused(turn.asked.language, line, intent.IntentResponseErrorCode.NO_INTENT_MATCH)

    async def _is_doubtful(self, tier: Tier, reading: Reading, turn: Turn) -> bool:
        """Return whether one of Home Assistant's matchers has passed over a word that matters."""
        if not isinstance(tier, HomeAssistantTier | GazetteerTier) or not isinstance(reading, Plan):
            return False
        return self._resolver is not None and await self._resolver.async_doubt(reading, turn) is not None

    async def async_prepare(self, home: Home) -> None:
        """Let every tier load what its first turn would wait for."""
        for tier in self.tiers:
            try:
                await tier.async_prepare(home)
            except Exception:
                if self._begins_to_break(tier):
                    _LOGGER.exception("The %s tier cannot get ready", tier.name)

    async def async_listen(self, around: Surroundings) -> None:
        """Let the model read what is known, while somebody still speaks."""
        for tier in self.tiers:
            if isinstance(tier, ModelTier):
                await tier.async_listen(around)

    async def _async_ask(self, tier: Tier, turn: Turn) -> Reading | None:
        """Return what a tier makes of it; one that breaks leaves the others at work."""
        with turn.trace.trying(tier.name) as tried:
            try:
                reading = await tier.async_read(turn)
            except Exception:
                if self._begins_to_break(tier):
                    _LOGGER.exception("The %s tier fails; the others go on", tier.name)
                return None
            tried.found = kind_of(reading)
        if tier.name in self._broken:
            self._broken.discard(tier.name)
            _LOGGER.info("The %s tier works again", tier.name)
        return reading

    def _begins_to_break(self, tier: Tier) -> bool:
        """Take in that a tier has failed, and return whether that is news."""
        is_news = tier.name not in self._broken
        self._broken.add(tier.name)
        return is_news

    async def _async_settle(self, resumed: Resumed, turn: Turn) -> Reply:
        """Answer, ask, refuse or do."""
        if turn.is_over:  # who was told that it went wrong may have asked for something else since
            return self._refuse(Refusal(speech=phrases.WENT_WRONG, cause="it was understood too late"), turn)
        match resumed.reading:
            case Refusal() as refusal:
                reply = self._refuse(refusal, turn)
                if resumed.again is None:
                    return reply
                self._dialogue.ask(turn.keys, Wait.PIN, resumed.again, resumed.text)
                return replace(reply, is_question=True)
            case Answer() as answer:
                self._dialogue.remember(turn.keys, None, answer.matched or answer.about)
                return Reply.told(turn.asked.language, answer.speech)
            case Which() as which:
                return self._ask(turn, Wait.WHICH, which, resumed.text, which.question)
            case Plan() as plan:
                return await self._async_do(plan, resumed, turn)

    async def _async_do(self, plan: Plan, resumed: Resumed, turn: Turn) -> Reply:
        """Do it, where the guard lets it be done."""
        verdict = self._verdict(resumed, turn)
        turn.trace.verdict = verdict.kind
        line = line_of(verdict, self._wordings.persona)
        match verdict.kind:
            case Kind.ALLOW:
                reply = await self._acting.async_act(plan, turn)
                if not turn.is_over and (which := which_room(plan, reply, turn.home)) is not None:
                    turn.trace.cause = "no room was named"
                    return self._ask(turn, Wait.WHICH, which, resumed.text, which.question)
                if plan.deeds or reply.about:
                    before = turn.situation.about if plan.goes_on else ()
                    about = tuple(dict.fromkeys((*before, *reply.about)))
                    self._dialogue.remember(turn.keys, plan if plan.deeds else None, about)
                return reply
            case Kind.PIN if (closed := self._resuming.closed) is not None:
                return self._refuse(closed, turn)
            case Kind.PIN:
                return self._ask(turn, Wait.PIN, plan, resumed.text, line)
            case Kind.CONFIRM:
                return self._ask(turn, Wait.YES, plan, resumed.text, line)
            case Kind.REFUSE:
                return self._refuse(Refusal(speech=line, cause=verdict.cause or "the guard"), turn)

    def _verdict(self, resumed: Resumed, turn: Turn) -> Verdict:
        """Let the guard look at what would be done."""
        if not isinstance(resumed.reading, Plan):
            return ALLOWED
        return self._guard_of(turn).before(resumed.text, resumed.reading, turn.situation, resumed.granted)

    def _guard_of(self, turn: Turn) -> Guard:
        if self._guard is None or self._guard[0] is not turn.home:
            self._guard = turn.home, Guard(turn.home, self._wordings.polarity, self._policy)
        return self._guard[1]

    def _ask(self, turn: Turn, wait: Wait, of: Plan | Which, text: str, question: str) -> Reply:
        self._dialogue.ask(turn.keys, wait, of, text)
        options = tuple(option.names[0] for option in of.options) if isinstance(of, Which) else ()
        return Reply.told(turn.asked.language, question, is_question=True, options=options)

    def _refuse(self, refusal: Refusal, turn: Turn) -> Reply:
        turn.trace.cause = refusal.cause
        _LOGGER.info("Not done: %s", refusal.cause)
        return Reply.refused(turn.asked.language, refusal.speech)
