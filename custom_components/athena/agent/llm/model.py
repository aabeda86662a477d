"""The tier's front: what the router asks."""

import logging
import math
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import replace
from functools import partial
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession

from ...brain import phrases
from ...const import LANGUAGE, SUBENTRY_AGENT
from ..home import Home
from ..persona import Persona
from ..reading import Plan, Refusal
from .asking import Asking, Ready
from .body import body_of, warming_of
from .client import Client, Piece
from .language import Language, load_language
from .lines import Answered, Lines
from .offline import Reach
from .prompt import Message
from .server import OfflineError, Server, ServerError, server_of
from .speech import Speech
from .tools import Calls, tools_of
from .turn import Asked, Part, Said, Surroundings, Usage

_LOGGER = logging.getLogger(__name__)

WITHIN: Final = 7.5
"""Seconds for all rounds of a turn: the router's own deadline is 8 s."""
ROUNDS: Final = 2

MOST_PIECES: Final = 1500
"""Of one answer: a model that does not stop is stopped."""
STILL_KNOWN: Final = 60.0
"""Seconds after an answer in which the server is not made to read ahead: the conversation would leave its slot."""
EMPTY: Final = "That was empty."
MOST_SHOWN_AGAIN: Final = 500
"""Characters of an answer that the model is shown to mend it."""


class Model:
    """A language model behind an OpenAI-compatible server.

    `async_read` never raises for anything the server does: it ends with a `Refusal`, whose cause is for the log. The
    iterator is to be closed (`contextlib.aclosing`), or its task cancelled: the server stops at once.
    """

    def __init__(self, hass: HomeAssistant, server: Server, language: Language, persona: Persona) -> None:
        self._hass = hass
        self._server = server
        self._language = language
        self._persona = persona
        self._client = Client(async_get_clientsession(hass), server)
        self._asking: Asking | None = None
        self._answered_at = -math.inf
        self.reach = Reach(self._client.async_probe, time.monotonic)
        self.usage = Usage()
        """Of the turn that was read last."""

    @property
    def available(self) -> bool:
        """Whether the server was there when it was last asked."""
        return self.reach.available

    async def async_prepare(self, around: Surroundings) -> None:
        """Let the server read all but the utterance, while the person still speaks; what fails is not worth a word."""
        try:
            asking = await self._async_asking(around.home)
            if time.monotonic() - self._answered_at < STILL_KNOWN:
                return
            if not asking.is_grammar:
                return  # another one keeps what it likes, and may cost money
            messages = asking.ahead(self._bounded(Asked(text="", around=around)))
            async with aclosing(self._client.async_complete(warming_of(self._server, messages), WITHIN)) as pieces:
                async for _ in pieces:
                    pass
        except ServerError as err:
            _LOGGER.debug("The model has not read ahead: %s", err)

    async def async_read(self, asked: Asked) -> AsyncGenerator[Part]:
        """Yield speech as it comes, or one complete plan, question or refusal.

        Speech may come before one of these, too: "I'm back online."
        """
        self.usage = usage = Usage()
        begun = time.monotonic()
        try:
            async with aclosing(self._async_rounds(self._bounded(asked), usage, begun)) as parts:
                async for part in parts:
                    self.reach.find()  # it answers: who asks may be the first to notice
                    if self.reach.tell_once():
                        yield Said(text=f"{self._persona.say('back_online')} ")
                    yield part
        except ServerError as err:
            yield self._failed(err)
        finally:
            usage.ms = 1000 * (time.monotonic() - begun)

    def _failed(self, err: ServerError) -> Refusal:
        self._answered_at = -math.inf  # it may have begun anew
        if isinstance(err, OfflineError):
            self.reach.lose(str(err))
            return Refusal(speech=self._persona.say("offline"), cause=f"model: {err}")
        _LOGGER.warning("The model gave no answer: %s", err)
        return Refusal(speech=phrases.WENT_WRONG, cause=f"model: {err}")

    async def _async_rounds(self, asked: Asked, usage: Usage, begun: float) -> AsyncGenerator[Part]:
        """Ask, and once more where the answer cannot be used."""
        asking = await self._async_asking(asked.around.home)
        ready = await self._hass.async_add_executor_job(asking.ready, asked)
        messages = ready.messages
        for number in range(1, ROUNDS + 1):
            usage.rounds = number
            lines, written = self._lines(ready, asked), list[str]()
            within = WITHIN - (time.monotonic() - begun)
            async with aclosing(self._async_answer(ready, asked, messages, lines, written, within)) as said:
                async for sentence in said:
                    if usage.first_ms is None:
                        usage.first_ms = 1000 * (time.monotonic() - begun)
                    yield Said(text=f"{sentence} ")
            answered = lines.answered
            usage.rejected += [rejected.cause for rejected in answered.rejected]
            if answered.is_usable or answered.spoken:
                break
            hint = answered.rejected[0].hint if answered.rejected else EMPTY
            messages = [
                *messages,
                {"role": "assistant", "content": "".join(written)[:MOST_SHOWN_AGAIN] or "-"},
                {"role": "user", "content": hint},
            ]
        self.reach.find()
        self._answered_at = time.monotonic()
        if (last := self._last(answered)) is not None:
            yield last

    def _last(self, answered: Answered) -> Part | None:
        """Return what the answer comes to, apart from what has been spoken."""
        if answered.rejected or not answered.is_usable:
            causes = "; ".join(rejected.cause for rejected in answered.rejected) or "it is empty"
            _LOGGER.warning("The model's answer cannot be used: %s", causes)
            if answered.spoken:
                return None
            return Refusal(speech=phrases.DID_NOT_CATCH, cause=f"model: {causes}")
        if answered.steps:
            return Plan(steps=tuple(answered.steps))
        if answered.which is not None:
            return answered.which
        if answered.no is not None:
            line = phrases.CANNOT_DO if answered.no == "cannot" else phrases.DID_NOT_CATCH
            return Refusal(speech=line, cause=f"model: {answered.no}")
        return None

    async def _async_answer(
        self,
        ready: Ready,
        asked: Asked,
        messages: Sequence[Message],
        lines: Lines,
        written: list[str],
        within: float,
    ) -> AsyncGenerator[str]:
        """Yield the sentences of one answer as they come; `lines` holds the rest of it, `written` all of it."""
        tools = [] if ready.grammar else tools_of(ready.names, asked.around.scenes)
        body, calls = body_of(self._server, messages, ready.grammar, tools), Calls()
        async with aclosing(self._client.async_complete(body, max(within, 0.1))) as pieces:
            count = 0
            async for piece in pieces:
                _count(self.usage, piece)
                calls.feed(piece.calls)
                written.append(piece.text)
                for sentence in lines.feed(piece.text):
                    yield sentence
                count += 1
                if lines.is_over or calls.is_full or count > MOST_PIECES:
                    break
        for line in calls.lines():
            written.append(f"{line}\n")
            if line is None:
                lines.reject("a tool call whose arguments are no JSON", "Arguments are one JSON object.")
            else:
                lines.feed(f"\n{line}\n")
        for sentence in lines.close():
            yield sentence

    def _lines(self, ready: Ready, asked: Asked) -> Lines:
        return Lines(
            ready.names,
            asked.around.scenes,
            Speech(self._language.words, asked.text),
            self._question,
            is_free=not ready.grammar,
        )

    def _question(self, labels: Sequence[str]) -> str:
        return self._persona.say("which", options=self._persona.either(labels))

    def _bounded(self, asked: Asked) -> Asked:
        history = asked.around.history[-self._server.history :] if self._server.history else ()
        return replace(asked, around=replace(asked.around, history=history))

    async def _async_asking(self, home: Home) -> Asking:
        """Return what is known of the home; raise ServerError where nobody says how the server is to be asked."""
        if self.reach.served is None:
            await self.reach.async_look()
        served = self.reach.served
        if served is None:
            raise OfflineError("it has not been there yet")
        asking = self._asking
        if asking is None or asking.home is not home or asking.is_grammar is not served.is_llama_cpp:
            asking = self._asking = await self._hass.async_add_executor_job(
                partial(Asking, home, self._language, self._server.extra, is_grammar=served.is_llama_cpp)
            )
        return asking


def _count(usage: Usage, piece: Piece) -> None:
    """Take in how many tokens it took, where the server says: llama.cpp's own count of what it still knew first."""
    if piece.usage:
        usage.prompt_tokens = _number(piece.usage.get("prompt_tokens"), usage.prompt_tokens)
        usage.generated_tokens = _number(piece.usage.get("completion_tokens"), usage.generated_tokens)
        details = piece.usage.get("prompt_tokens_details")
        if isinstance(details, dict):
            usage.cached_tokens = _number(details.get("cached_tokens"), usage.cached_tokens)
    if piece.timings:
        cached, read = _number(piece.timings.get("cache_n"), None), _number(piece.timings.get("prompt_n"), None)
        if cached is not None and read is not None:
            usage.prompt_tokens, usage.cached_tokens = cached + read, cached
        usage.generated_tokens = _number(piece.timings.get("predicted_n"), usage.generated_tokens)


def _number(value: Any, otherwise: int | None) -> int | None:
    return value if isinstance(value, int) else otherwise


async def async_model_of(hass: HomeAssistant, entry: ConfigEntry[Any], persona: Persona) -> Model | None:
    """Return the model that the hub's agent names, watched until the entry is unloaded; None where it names none."""
    for subentry in entry.get_subentries_of_type(SUBENTRY_AGENT):
        language = await hass.async_add_executor_job(load_language, LANGUAGE)
        model = Model(hass, server_of(subentry.data), language, persona)
        entry.async_create_background_task(hass, model.reach.async_watch(), "athena model watched")
        return model
    return None
