"""How a source looks at entities of Home Assistant: what they say now, then every change."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, Protocol

from homeassistant.const import ATTR_AREA_ID, ATTR_ENTITY_ID, STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import CALLBACK_TYPE, Event, EventStateChangedData, HomeAssistant, State, callback
from homeassistant.helpers.event import TrackStates, async_track_state_change_filtered
from homeassistant.helpers.target import TargetStateChangedData, async_track_target_selector_state_change_event

from ..areas import is_own

SILENT: Final = frozenset({STATE_UNAVAILABLE, STATE_UNKNOWN})


class Watcher(Protocol):
    """What is told of an entity."""

    def __call__(self, entity_id: str, now: State | None, before: State | None, /) -> None:
        """Take in its state, None once it is gone; `before` is None the first time, and where there was none."""


def can_tell(state: State | None) -> bool:
    """Return whether an entity says anything at all."""
    return state is not None and state.state not in SILENT


def has_happened(now: State | None, before: State | None) -> bool:
    """Return whether an event or a button, whose state is when it last happened, has just happened.

    Not where it comes back from being unavailable, as at every start: what it then says is of long ago.
    """
    if now is None or before is None or not can_tell(now) or before.state == STATE_UNAVAILABLE:
        return False
    return now.state != before.state


async def async_watch(
    hass: HomeAssistant, entity_ids: Iterable[str], watcher: Watcher, *, attributes: bool = False
) -> CALLBACK_TYPE:
    """Tell of these entities until the returned function is called; of changed attributes only if asked to.

    Athena's own are left out: one may have been chosen before that was refused.
    """
    chosen = sorted(entity_id for entity_id in entity_ids if not is_own(hass, entity_id))
    if not chosen:
        return _nothing_to_stop
    return await _async_watch(hass, {ATTR_ENTITY_ID: chosen}, watcher, _every, attributes=attributes)


async def async_watch_area(
    hass: HomeAssistant, area_id: str, keep: Callable[[str], bool], watcher: Watcher
) -> CALLBACK_TYPE:
    """Tell of the entities of an area that are to be kept, also of those that are put there later."""
    return await _async_watch(hass, {ATTR_AREA_ID: area_id}, watcher, keep, attributes=False)


@callback
def async_watch_domain(hass: HomeAssistant, domain: str, watcher: Watcher) -> CALLBACK_TYPE:
    """Tell of every entity of a domain in the whole home."""

    @callback
    def on_change(event: Event[EventStateChangedData]) -> None:
        now, before = event.data["new_state"], event.data["old_state"]
        if not _is_same(now, before):
            watcher(event.data["entity_id"], now, before)

    for state in hass.states.async_all(domain):
        watcher(state.entity_id, state, None)
    of_domain = TrackStates(all_states=False, entities=set(), domains={domain})
    return async_track_state_change_filtered(hass, of_domain, on_change).async_remove


async def _async_watch(
    hass: HomeAssistant, target: dict[str, object], watcher: Watcher, keep: Callable[[str], bool], *, attributes: bool
) -> CALLBACK_TYPE:
    @callback
    def on_change(data: TargetStateChangedData) -> None:
        change = data.state_change_event.data
        now, before = change["new_state"], change["old_state"]
        if attributes or not _is_same(now, before):
            watcher(change["entity_id"], now, before)

    @callback
    def on_entities(added: set[str], removed: set[str], states: Mapping[str, State | None]) -> None:
        for entity_id in sorted(added):
            watcher(entity_id, states[entity_id], None)
        for entity_id in sorted(removed):
            watcher(entity_id, None, None)

    def kept(entity_ids: set[str]) -> set[str]:
        return {entity_id for entity_id in entity_ids if keep(entity_id)}

    return await async_track_target_selector_state_change_event(hass, target, on_change, kept, on_entities)


def _every(_entity_id: str) -> bool:
    return True


def _nothing_to_stop() -> None:
    pass


def _is_same(now: State | None, before: State | None) -> bool:
    return now is not None and before is not None and now.state == before.state
