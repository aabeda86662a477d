"""Does what was asked, looks whether it is so, and tries once more where it is not."""

import asyncio
import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Final

import probatio as vol
from homeassistant.config_entries import ConfigEntry
from homeassistant.const import ATTR_ASSUMED_STATE, ATTR_ENTITY_ID, STATE_UNAVAILABLE
from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.exceptions import ServiceValidationError

from ...deed import Deed, Outcome, Result
from .expectations import Shows, expected
from .undo import Before, Undo, before_of
from .watch import async_lagging

_LOGGER = logging.getLogger(__name__)

ANSWERS_WITHIN: Final = 5.0
"""Seconds; a call that takes longer goes on, and nobody waits for it."""
SHOWS_WITHIN: Final = 2.0
"""Seconds from the end of a call until its states must show it."""
IN_ALL: Final = 7.0
"""Seconds for a deed with its second try: a turn takes eight at most."""

FUTILE: Final = (ServiceValidationError, vol.Invalid)
"""What Home Assistant says again if it is asked again."""
MAY_BE_DARK: Final = frozenset({"fan", "input_boolean", "light", "media_player", "switch"})
"""Of many of a kind, one that is not there, a lamp without power, keeps no other from its deed; a door would."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How many seconds it waits for what."""

    answers: float = ANSWERS_WITHIN
    shows: float = SHOWS_WITHIN
    in_all: float = IN_ALL


@dataclass(frozen=True, slots=True, kw_only=True)
class _Called:
    """How a call has ended."""

    error: BaseException | None = None
    is_over: bool = True
    """Whether it has ended at all."""
    raised_for: tuple[str, ...] = ()
    """The entities that it was called for, where it has raised."""

    @property
    def may_help_again(self) -> bool:
        """Whether it can be better the next time; one that still goes on is not overtaken."""
        return self.is_over and not isinstance(self.error, FUTILE)


class Doer:
    """Carries out deeds in one house."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry[Any], patience: Patience | None = None) -> None:
        self.undo = Undo()
        self._hass = hass
        self._entry = entry
        self._patience = patience or Patience()
        self._failing: set[str] = set()
        self._latest: dict[str, object] = {}
        """What an entity was last asked for, while that goes on: nothing older is tried again."""

    @callback
    def before(self, deeds: Iterable[Deed]) -> Before:
        """Return how everything is now that deeds will touch: for `async_check`, and for undoing."""
        return before_of(self._hass, deeds)

    async def async_do_all(self, deeds: Sequence[Deed], context: Context, until: float | None = None) -> list[Outcome]:
        """Do them in this order; those that concern different things, at once.

        `until`: by the event loop's clock, when nobody waits any more; nothing is tried again after that.
        """
        named = [entity for deed in deeds for entity in deed.entities]
        if len(named) == len(set(named)) and all(deed.entities for deed in deeds):
            return list(await asyncio.gather(*(self.async_do(deed, context, until) for deed in deeds)))
        return [await self.async_do(deed, context, until) for deed in deeds]

    async def async_do(self, deed: Deed, context: Context, until: float | None = None) -> Outcome:
        """Call the action, and return what the states show of it; it never raises for what Home Assistant says."""
        until = self._until(until)
        able = replace(deed, entities=self._there(deed))
        wanted = self._wanted(able, self.before([able]))
        with self._begun(able.entities) as begun:
            called = await self._async_call(able, able.entities, context, self._patience.answers)
            return await self._async_look(able, wanted, called, context, until, begun)

    async def async_check(
        self, deeds: Sequence[Deed], before: Before, context: Context, until: float | None = None
    ) -> list[Outcome]:
        """Return what the states show of deeds that somebody else has done, Home Assistant's intents for one.

        What they do not show is done once more, here. Of several deeds to one entity its last one counts.
        """
        until = self._until(until)
        last = {entity: index for index, deed in enumerate(deeds) for entity in deed.entities}
        able = [replace(deed, entities=self._there(deed)) for deed in deeds]
        wanted = [
            {entity: shows for entity, shows in self._wanted(deed, before).items() if last[entity] == index}
            for index, deed in enumerate(able)
        ]
        with self._begun(last) as begun:
            looks = (
                self._async_look(deed, want, _Called(), context, until, begun)
                for deed, want in zip(able, wanted, strict=True)
            )
            return list(await asyncio.gather(*looks))

    def _until(self, until: float | None) -> float:
        own = self._hass.loop.time() + self._patience.in_all
        return own if until is None else min(own, until)

    @contextmanager
    def _begun(self, entities: Iterable[str]) -> Iterator[object]:
        """Take in what entities are asked for now: what they were asked for before is over with it."""
        begun, entities = object(), tuple(entities)
        self._latest.update(dict.fromkeys(entities, begun))
        try:
            yield begun
        finally:
            for entity in entities:
                if self._latest.get(entity) is begun:
                    del self._latest[entity]

    @callback
    def _there(self, deed: Deed) -> tuple[str, ...]:
        """Return the entities of a deed without those that may be missing."""
        if deed.kind is None:
            return deed.entities
        there = tuple(
            entity
            for entity in deed.entities
            if entity.partition(".")[0] not in MAY_BE_DARK or not self._hass.states.is_state(entity, STATE_UNAVAILABLE)
        )
        return there or deed.entities

    def _wanted(self, deed: Deed, before: Before) -> dict[str, Shows]:
        found = {entity: expected(deed, entity, before.get(entity)) for entity in deed.entities}
        return {entity: shows for entity, shows in found.items() if shows is not None}

    async def _async_look(
        self, deed: Deed, wanted: dict[str, Shows], called: _Called, context: Context, until: float, begun: object
    ) -> Outcome:
        """Return what the states show, after a second call to those that lag."""
        patience = self._patience.shows if called.is_over and called.error is None else 0.0
        late = await async_lagging(self._hass, wanted, patience)
        tries = 1
        # what somebody has asked anew meanwhile stays as they want it; the rest is asked for one by one, for one that
        # cannot do it keeps no other from doing it
        lagging = tuple(late) or called.raised_for
        again = tuple(entity for entity in lagging if self._latest.get(entity) is begun)
        has_failed = bool(late) or called.error is not None
        if has_failed and len(again) >= bool(lagging) and self._may_help_again(again, called, until):
            tries = 2
            left = max(0.0, until - self._hass.loop.time())
            called = await self._async_call_each(deed, again, context, min(left, self._patience.answers))
            left = max(0.0, until - self._hass.loop.time())
            patience = 0.0 if set(again) <= set(called.raised_for) else self._patience.shows  # refused: nothing comes
            late = await async_lagging(self._hass, wanted, min(left, patience))
        return self._outcome(deed, wanted, late, called, tries)

    def _may_help_again(self, again: Sequence[str], called: _Called, until: float) -> bool:
        if any(self._is_assumed(entity) for entity in again):
            return False  # a remote control that toggles would undo what it has done
        return (called.may_help_again or (called.is_over and len(again) > 1)) and self._hass.loop.time() < until

    @callback
    def _is_assumed(self, entity: str) -> bool:
        state = self._hass.states.get(entity)
        return state is not None and bool(state.attributes.get(ATTR_ASSUMED_STATE))

    async def _async_call_each(self, deed: Deed, entities: Sequence[str], context: Context, seconds: float) -> _Called:
        if not entities:
            return await self._async_call(deed, (), context, seconds)
        calls = await asyncio.gather(*(self._async_call(deed, (entity,), context, seconds) for entity in entities))
        return _Called(
            error=next((one.error for one in calls if one.error is not None), None),
            is_over=all(one.is_over for one in calls),
            raised_for=tuple(entity for one in calls for entity in one.raised_for),
        )

    async def _async_call(self, deed: Deed, entities: Sequence[str], context: Context, seconds: float) -> _Called:
        """Call the action and return how it has ended; one that does not end goes on by itself."""
        target = {ATTR_ENTITY_ID: list(entities)} if entities else {}
        call = self._entry.async_create_background_task(
            self._hass,
            self._hass.services.async_call(
                deed.domain, deed.action, {**deed.data, **target}, blocking=True, context=context
            ),
            f"athena {deed.domain}.{deed.action}",
        )
        await asyncio.wait([call], timeout=seconds)
        if not call.done():
            call.add_done_callback(_take_in)
            return _Called(is_over=False)
        error = asyncio.CancelledError() if call.cancelled() else call.exception()
        return _Called(error=error, raised_for=tuple(entities) if error is not None else ())

    def _outcome(
        self, deed: Deed, wanted: dict[str, Shows], late: Sequence[str], called: _Called, tries: int
    ) -> Outcome:
        """Return how it has turned out; what raises has failed, for nobody knows how old its state is."""
        assumed = [entity for entity in late if self._is_assumed(entity) and entity not in called.raised_for]
        unwatched = [entity for entity in deed.entities if entity not in wanted]
        hanging = () if called.is_over else unwatched
        failed = tuple(dict.fromkeys([*(one for one in late if one not in assumed), *called.raised_for, *hanging]))
        if failed or (not deed.entities and (called.error is not None or not called.is_over)):
            cause = _cause(called)
            self._log_failure(deed, failed, cause)
            return Outcome(deed=deed, result=Result.FAILED, failed=failed, cause=cause, tries=tries)
        self._log_success(deed)
        seen = wanted and not assumed and not unwatched
        return Outcome(deed=deed, result=Result.DONE if seen else Result.UNSEEN, tries=tries)

    def _log_failure(self, deed: Deed, failed: Iterable[str], cause: str) -> None:
        """Log once when something begins to fail."""
        if new := [one for one in failed or (f"{deed.domain}.{deed.action}",) if one not in self._failing]:
            self._failing.update(new)
            _LOGGER.warning("%s.%s of %s failed: %s", deed.domain, deed.action, ", ".join(new), cause)

    def _log_success(self, deed: Deed) -> None:
        """Log once when it works again."""
        if again := [one for one in deed.entities or (f"{deed.domain}.{deed.action}",) if one in self._failing]:
            self._failing.difference_update(again)
            _LOGGER.info("%s works again", ", ".join(again))


def _cause(called: _Called) -> str:
    if called.error is not None:
        return f"{type(called.error).__name__}: {called.error}"
    return "its state does not show it" if called.is_over else "it does not answer"


def _take_in(call: asyncio.Task[Any]) -> None:
    """Take in how a call ends for which nobody waits any more; else Python complains that nobody did."""
    if not call.cancelled() and (error := call.exception()) is not None:
        _LOGGER.debug("A call that took too long failed in the end: %s", error)
