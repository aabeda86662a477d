"""A language model, for what none of the others makes anything of; only where the user has set one up."""

import asyncio
from contextlib import aclosing
from typing import ClassVar

from homeassistant.core import callback

from ...brain import phrases
from ..home import Home
from ..llm.model import Model, async_model_of
from ..llm.turn import Asked, Said, Surroundings
from ..reading import Answer, Plan, Reading, Refusal, Which
from .tier import Means, Turn


class ModelTier:
    """The model's words are spoken as they come; what it wants done is looked at as everything is."""

    name: ClassVar[str] = "model"

    def __init__(self, means: Means) -> None:
        self._means = means
        self._model: Model | None = None
        self._is_looked_for = True
        self._looking = asyncio.Lock()

    async def async_prepare(self, home: Home) -> None:  # noqa: ARG002
        """Find the model that the user has set up."""
        async with self._looking:
            if self._is_looked_for:
                self._model = await async_model_of(self._means.hass, self._means.entry, self._means.wordings.persona)
                self._is_looked_for = False

    async def async_listen(self, around: Surroundings) -> None:
        """Let the model read the home while the person still speaks."""
        if self._model is not None:
            await self._model.async_prepare(around)

    async def async_read(self, turn: Turn) -> Reading | None:
        """Return what the model makes of it, within what is left of the turn's time."""
        await self.async_prepare(turn.home)  # somebody may speak while the others still load
        if self._model is None or not turn.may_think:
            return None
        turn.is_thinking = True
        try:
            async with asyncio.timeout_at(turn.deadline):
                return await self._async_ask(self._model, turn)
        except TimeoutError:
            turn.trace.late = True
            return Refusal(speech=phrases.WENT_WRONG, cause="the model was too late")
        finally:
            turn.is_thinking = False
            turn.trace.tokens = self._model.usage

    async def _async_ask(self, model: Model, turn: Turn) -> Reading:
        async with aclosing(model.async_read(Asked(text=turn.text, around=turn.around))) as parts:
            async for part in parts:
                if not isinstance(part, Said):
                    return self._unless_asked(part, turn)
                speak(turn, part.text)
        if not turn.spoken:
            return Refusal(speech=phrases.DID_NOT_CATCH, cause="the model said nothing")
        return Answer(speech=turn.spoken.strip())

    def _unless_asked(self, reading: Reading, turn: Turn) -> Reading:
        """Return a reading, but no deed for who only asks something: a model may take any word for a wish."""
        if isinstance(reading, Plan | Which) and self._means.wordings.polarity.is_question(turn.text):
            return Refusal(speech=phrases.CANNOT_DO, cause="the model would act on a question")
        return reading


@callback
def speak(turn: Turn, text: str) -> None:
    """Let whoever listens speak a piece at once; in quiet hours nobody does."""
    listener = turn.chat_log.delta_listener
    if listener is not None and not turn.is_quiet:
        if not turn.spoken:
            listener(turn.chat_log, {"role": "assistant"})
        listener(turn.chat_log, {"content": text})
    turn.spoken += text
