"""Takes in every utterance: gives it a deadline, keeps its trace, and lets nothing in that no sentence can be."""

import asyncio
import logging
import unicodedata
from dataclasses import dataclass, replace
from typing import Final

from homeassistant.components import conversation
from homeassistant.components.conversation.chat_log import current_chat_log
from homeassistant.components.conversation.trace import (
    ConversationTraceEventType,
    async_conversation_trace_append,
)
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import area_registry as ar
from homeassistant.util import dt as dt_util
from homeassistant.util import language as language_util

from ..areas import area_of
from ..brain import phrases
from ..const import LANGUAGE
from .dialogue import Dialogue
from .guard.pin import says_pin
from .guard.risk import policy_of
from .home import Situation
from .llm.turn import Exchange, Surroundings
from .reply import Reply
from .router import Router
from .secrecy import HIDDEN, hide
from .snapshot import Snapshot
from .tiers.model import speak
from .tiers.tier import Means, Turn, keys_of
from .trace import Trace

_LOGGER = logging.getLogger(__name__)

DEADLINE: Final = 8.0  # seconds; a satellite waits for the agent without a limit of its own

LONGEST: Final = 500
"""Characters of an utterance; nobody says more in one breath, and a matcher's time grows with it."""
MOST_WORDS: Final = 60


@dataclass(slots=True, kw_only=True)
class Running:
    """A turn that has not ended."""

    turn: Turn
    task: asyncio.Task[Reply]


class Turns:
    """Every utterance, from the moment it is heard until it is answered."""

    def __init__(self, means: Means) -> None:
        self._hass: HomeAssistant = means.hass
        self._entry = means.entry
        self._runtime = means.entry.runtime_data
        self._wordings = means.wordings
        self._policy = policy_of(means.entry.options)
        self._snapshot = Snapshot(means.hass, self._runtime.rooms)
        self.dialogue = Dialogue()
        self.router = Router(means, self.dialogue)
        self._running: list[Running] = []

    @callback
    def async_start(self) -> CALLBACK_TYPE:
        """Follow the home, and be ready before the first word; return what ends it."""
        stop = self._snapshot.async_follow(self._get_ready)
        self._get_ready()
        return stop

    @callback
    def _get_ready(self) -> None:
        self._entry.async_create_background_task(
            self._hass, self.router.async_prepare(self._snapshot.home), "athena agent gets ready"
        )

    async def async_listen(self) -> None:
        """Get ready while somebody still speaks."""
        await self.router.async_prepare(self._snapshot.home)
        await self.router.async_listen(self._around(None, ()))

    async def async_answer(self, asked: conversation.ConversationInput, chat_log: conversation.ChatLog) -> Reply:
        """Do what is asked and return the answer.

        After the deadline a deed that has been begun goes on, for as long as the house does, but nobody waits for it,
        and nothing else is begun: what it would have said is not in the chat log.
        """
        area = area_of(self._hass, entity_id=asked.satellite_id, device_id=asked.device_id)
        room = self._runtime.room(area.id) if area is not None and area.id in self._runtime.rooms else None
        if room is not None:  # a satellite's word that it listens may be a false alarm; this is what was said
            self._runtime.spoken_to(room.settings.room, asked.satellite_id or "agent")
        was_quiet = room is not None and room.quiet
        reply = await self._async_turn(asked, chat_log, area, is_quiet=was_quiet)
        if was_quiet and room is not None and room.quiet and not room.waking:
            reply.response.async_set_speech("")  # Home Assistant then says nothing (rule 10); what rings is exempt
        return reply

    async def async_control(self, asked: conversation.ConversationInput, chat_log: conversation.ChatLog) -> Reply:
        """Do what another agent's model asks for somebody, and return the answer; no model of ours is asked."""
        area = area_of(self._hass, entity_id=asked.satellite_id, device_id=asked.device_id)
        return await self._async_turn(asked, chat_log, area, may_think=False)

    async def _async_turn(
        self,
        asked: conversation.ConversationInput,
        chat_log: conversation.ChatLog,
        area: ar.AreaEntry | None,
        *,
        may_think: bool = True,
        is_quiet: bool = False,
    ) -> Reply:
        if is_secret := self._is_secret(asked, chat_log):  # at once: who is broken off has said it, too
            hide(self._hass, asked.text, chat_log)
        draft = replace(chat_log, content=list(chat_log.content))
        turn = self._turn(asked, draft, area, is_secret=is_secret)
        turn.may_think, turn.is_quiet = may_think and not is_secret, is_quiet
        self._break_off_thinking(turn)
        reply = self._refused_at_once(turn) or await self._async_within_deadline(turn, chat_log)
        if heard := turn.spoken.strip():
            _go_on(turn, reply, heard)
        self._end(turn, reply)
        return reply

    def _is_secret(self, asked: conversation.ConversationInput, chat_log: conversation.ChatLog) -> bool:
        """Return whether a PIN is said, or may be: it was asked for, or it is in the words, whenever they are said."""
        if (pin := self._policy.pin) is None:
            return False
        return self.dialogue.waits_for_pin(keys_of(asked, chat_log)) or says_pin(
            asked.text[:LONGEST], pin, self._wordings.digits
        )

    def _turn(
        self,
        asked: conversation.ConversationInput,
        draft: conversation.ChatLog,
        area: ar.AreaEntry | None,
        *,
        is_secret: bool,
    ) -> Turn:
        said = " ".join(asked.text[:LONGEST].split())
        return Turn(
            text=self._wordings.sentences.without_address(said),
            asked=asked,
            chat_log=draft,
            area=area,
            around=self._around(area, keys_of(asked, draft)),
            trace=Trace(
                at=dt_util.utcnow(),
                text=HIDDEN if is_secret else said,
                conversation=draft.conversation_id,
                area=area.id if area is not None else None,
            ),
            deadline=self._hass.loop.time() + DEADLINE,
            is_secret=is_secret,
        )

    def _around(self, area: ar.AreaEntry | None, keys: tuple[str, ...]) -> Surroundings:
        last, about = self.dialogue.recall(keys)
        area_id = area.id if area is not None else None
        room = self._runtime.rooms.get(area_id) if area_id is not None else None
        history = self.dialogue.history(keys[0]) if keys else ()
        return Surroundings(
            home=self._snapshot.home,
            situation=Situation(states=self._hass.states.get, area=area_id, last=last, about=about),
            now=dt_util.now(),
            scenes=tuple(room.scenes) if room is not None else (),
            history=tuple(Exchange(said=said, answered=answered) for said, answered in history),
            policy=self._policy,
        )

    # ---- at the edge

    def _refused_at_once(self, turn: Turn) -> Reply | None:
        """Return the answer to what no sentence can be: no matcher ever sees it."""
        if (cause := _wrong_with(turn.asked)) is None:
            return None
        _LOGGER.warning("Nothing was made of what was said: %s", cause)
        turn.trace.cause = cause
        return Reply.refused(turn.asked.language, phrases.DID_NOT_CATCH)

    async def _async_within_deadline(self, turn: Turn, chat_log: conversation.ChatLog) -> Reply:
        answer = self._entry.async_create_background_task(self._hass, self._async_answer(turn), "athena answer")
        running = Running(turn=turn, task=answer)
        self._running.append(running)
        try:
            await asyncio.wait([answer], timeout=DEADLINE)
        finally:
            self._running.remove(running)
            turn.is_over = True
            if not answer.done():
                answer.add_done_callback(_log_late)
                if turn.is_thinking:
                    answer.cancel()
        if answer.done() and not answer.cancelled():
            reply = answer.result()
            chat_log.content.extend(turn.chat_log.content[len(chat_log.content) :])
            return reply
        if not answer.cancelled():
            turn.trace.late = True
            quoted = self._runtime.journal.quoted(turn.trace.text)
            _LOGGER.warning("No answer to %s within %s s", quoted, DEADLINE)
        return Reply.refused(turn.asked.language, phrases.WENT_WRONG)

    async def _async_answer(self, turn: Turn) -> Reply:
        current_chat_log.set(turn.chat_log)  # of this task: where Home Assistant's own agent writes, too
        return await self.router.async_answer(turn)

    def _break_off_thinking(self, turn: Turn) -> None:
        """Let a model stop whose answer nobody waits for: somebody speaks again."""
        for running in self._running:
            if running.turn.is_thinking and not set(turn.keys).isdisjoint(running.turn.keys):
                running.task.cancel()

    def _end(self, turn: Turn, reply: Reply) -> None:
        """Write down what was said: a PIN nowhere."""
        if not turn.is_secret:
            self.dialogue.note(turn.keys[:1], turn.trace.text, reply.speech)
        turn.trace.end(reply.speech)
        self._runtime.traces.add(turn.trace)
        self._runtime.journal.heard(turn.trace.text, reply.speech)
        with_texts = self._runtime.journal.with_transcripts
        async_conversation_trace_append(
            ConversationTraceEventType.AGENT_DETAIL, {"athena": turn.trace.as_dict(with_texts=with_texts)}
        )


def _go_on(turn: Turn, reply: Reply, heard: str) -> None:
    """Let the reply follow what has been heard already: half an answer, say, and then that it went wrong."""
    rest = reply.speech
    if rest != heard:
        speak(turn, rest)
        reply.response.async_set_speech(f"{heard} {rest}".strip())


def _wrong_with(asked: conversation.ConversationInput) -> str | None:
    """Return why nothing can be made of it."""
    text = asked.text.strip()
    if not text:
        return "it was empty"
    if len(text) > LONGEST or len(text.split()) > MOST_WORDS:
        return f"it had {len(text)} characters"
    if any(unicodedata.category(character) == "Cc" and not character.isspace() for character in text):
        return "it had control characters"
    if language_util.Dialect.parse(asked.language).language != LANGUAGE:
        return f"it was in {asked.language!r}, and Athena speaks {LANGUAGE!r}"
    return None


def _log_late(answer: asyncio.Task[Reply]) -> None:
    """Tell what went wrong with a deed for which nobody waits any more."""
    if not answer.cancelled() and (err := answer.exception()) is not None:
        _LOGGER.error("What was asked has failed after its deadline", exc_info=err)
