"""Home Assistant's second matcher: names that were misheard, and words that stand elsewhere than in a sentence."""

from functools import cache
from typing import Any, ClassVar, Final

from gazetteer_matcher import FrameCandidate, GazetteerMatcher, Interpretation, TargetReference
from homeassistant.core import HomeAssistant

from ..home import Home
from ..intent_request import HomeAssistantRequest, plan_of
from ..reading import Plan
from .tier import Means, Turn

WARM: Final = "turn on the warm light"

SHORT: Final = 8
"""Words; of 10 it takes 13 ms, of 60 more than 100 (medians at 450 entities, of words thrown together)."""

WRITTEN: Final = frozenset("_{}<>|\\")
"""What nobody says: the matcher would hear "turn off" in "light.turn_off"."""

NO_TARGET: Final = "missing_target"
"""Why a sentence is rejected that wants something done to a thing which nobody knows."""


class GazetteerTier:
    """A matcher of our own: Home Assistant's acts as soon as it has matched.

    It takes 1.0 ms (median; 6.3 at most) at 450 entities. It stands behind the resolver, which knows what this home has
    only one of; what it adds are names that were misheard. What is short it reads on the event loop: the way to
    a thread takes longer.
    """

    name: ClassVar[str] = "gazetteer"

    def __init__(self, means: Means) -> None:
        self._hass: HomeAssistant = means.hass
        self._home: Home | None = None
        self._matcher: GazetteerMatcher | None = None

    async def async_prepare(self, home: Home) -> None:
        """Load the matcher, over the home as it is now."""
        matcher = await self._async_matcher(home)
        await self._hass.async_add_executor_job(matcher.interpret, WARM)

    async def async_read(self, turn: Turn) -> Plan | None:
        """Return what the matcher makes of it; it rejects rather than guesses."""
        if not WRITTEN.isdisjoint(turn.text):
            return None
        matcher = await self._async_matcher(turn.home)
        if len(turn.text.split()) <= SHORT:
            found = _interpret(matcher, turn)
        else:
            found = await self._hass.async_add_executor_job(_interpret, matcher, turn)
        is_whole = all(map(_is_whole, found.frames))
        turn.is_understood = found.rejection_code == NO_TARGET or (found.accepted and not is_whole)
        if not found.accepted or not found.frames or not is_whole:
            return None
        plans = [plan_of(self._hass, _request(matcher, frame), turn.area) for frame in found.frames]
        whole = [plan for plan in plans if plan is not None]
        return Plan(steps=tuple(step for plan in whole for step in plan.steps)) if len(whole) == len(plans) else None

    async def _async_matcher(self, home: Home) -> GazetteerMatcher:
        if self._matcher is None or home is not self._home:
            self._matcher = await self._hass.async_add_executor_job(_build, home)
            self._home = home
        return self._matcher


@cache
def without_a_home() -> GazetteerMatcher:
    """Read the matcher's files: they are the same for every home (blocking, 0.4 s, once)."""
    return GazetteerMatcher(home={"areas": {}, "floors": {}, "entities": {}})


def _build(home: Home) -> GazetteerMatcher:
    empty = without_a_home()
    return GazetteerMatcher(
        home=_spec(home),
        vocabulary=empty.config.vocabulary,
        intents=empty.config.intents,
        responses=empty.config.responses,
        response_keys=empty.response_keys,
    )


def _spec(home: Home) -> dict[str, Any]:
    """Return the home as the matcher knows it."""
    entities = {}
    for entity in home.entities.values():
        name, *aliases = entity.names
        entities[entity.id] = {"name": name, "aliases": aliases, "domain": entity.domain, "area": entity.area}
        if entity.device_class is not None:
            entities[entity.id]["device_class"] = entity.device_class
    return {
        "floors": {
            floor.id: {"name": floor.names[0], "aliases": list(floor.names[1:])} for floor in home.floors.values()
        },
        "areas": {
            area.id: {"name": area.names[0], "aliases": list(area.names[1:]), "floor": area.floor}
            for area in home.areas.values()
        },
        "entities": entities,
    }


def _interpret(matcher: GazetteerMatcher, turn: Turn) -> Interpretation:
    """Read a sentence; "it" is the one entity that was spoken of last."""
    about = turn.situation.about
    targets = (TargetReference.for_entity(about[0]),) if len(about) == 1 and about[0] in turn.home.entities else ()
    return matcher.interpret(turn.text, previous_targets=targets, context_area=turn.situation.area)


def _is_whole(frame: FrameCandidate) -> bool:
    """Return whether it has an answer, and passes over no word: nor "every morning", nor a question's "how far"."""
    return frame.response_key is not None and not frame.unexplained_tokens


def _request(matcher: GazetteerMatcher, frame: FrameCandidate) -> HomeAssistantRequest:
    return HomeAssistantRequest(
        intent=frame.intent,
        slots=dict(frame.slots),
        said={slot: matcher.display_name(slot, value) for slot, value in frame.slots.items()},
        response=frame.response_key,
    )
