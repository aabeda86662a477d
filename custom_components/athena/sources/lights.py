"""A person's own change of the lights, at the wall or in the app, told from everybody else's by its context.

Whose a change is, in this order:

1. It says no more about the light than before, or the light was or is unavailable: nobody's.
2. Its context, or that one's parent, is of Athena's own: hers, or somebody's answer to her. Home Assistant lends a
   context to whatever the light reports within five seconds, also to a switch at the wall; hence one exception: a light
   that has been on for a while (`Manner.firm`) and goes off though she wants it on was switched off by a person.
3. Its context has a user, or a satellite is just carrying out what was said under it: a person's.
4. Its context has a parent, or somebody has called a light service under it: an automation's. The programme leaves
   this light alone, but that holds nothing against Athena's next scene.
5. What is left has happened at the light. For a while (`Manner.late`) after Athena's last order has come to its end it
   may be the light's own late report of that (but for the exception of 2); after that it is a person's.
"""

from collections import deque
from dataclasses import dataclass
from enum import Enum, auto
from time import monotonic
from typing import Final, override

from homeassistant.components.light import (
    ATTR_BRIGHTNESS,
    ATTR_COLOR_TEMP_KELVIN,
    ATTR_EFFECT,
    ATTR_RGB_COLOR,
)
from homeassistant.components.light import DOMAIN as LIGHT_DOMAIN
from homeassistant.const import (
    ATTR_AREA_ID,
    ATTR_DOMAIN,
    ATTR_ENTITY_ID,
    EVENT_CALL_SERVICE,
    STATE_OFF,
    STATE_ON,
)
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, State, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.target import TargetStateChangedData, async_track_target_selector_state_change_event
from homeassistant.loader import IntegrationNotLoaded, async_get_loaded_integration
from homeassistant.util import dt as dt_util

from ..areas import lights_in
from ..brain.events import LightsTouched
from ..rooms import RoomConfig
from ..said import is_said
from ..source import Emit, Source
from ..stage import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a light tells Home Assistant of itself; in seconds."""

    firm: float
    """One that is on for less may have been reported off before it heard that it shall be on."""
    late: float
    """So long after an order it may still tell of that."""


PROMPT: Final = Manner(firm=1.5, late=7.0)
"""It tells of itself at once: what it says later than the 5 s for which a context is lent is new."""
TARDY: Final = Manner(firm=10.0, late=35.0)
"""It is asked every 30 s or so, or tells through somebody's cloud, or nobody knows how; 5 s for the context on top."""

SEEN: Final = (ATTR_BRIGHTNESS, ATTR_COLOR_TEMP_KELVIN, ATTR_EFFECT, ATTR_RGB_COLOR)
"""What one sees of a light, besides on and off."""


class Toucher(Enum):
    """Who changed a light."""

    NOBODY = auto()
    AUTOMATION = auto()
    PERSON = auto()


class LightsSource(Source):
    """Tells that a person has changed a light of the room; whatever played there is over."""

    @override
    async def async_start(self, hass: HomeAssistant, room: RoomConfig, emit: Emit) -> CALLBACK_TYPE:
        called: deque[str] = deque(maxlen=64)
        room.stage.watch()

        @callback
        def on_call(event: Event) -> None:
            if event.data[ATTR_DOMAIN] == LIGHT_DOMAIN:
                called.append(event.context.id)

        @callback
        def on_change(data: TargetStateChangedData) -> None:
            change = data.state_change_event.data
            light, before, now = change["entity_id"], change["old_state"], change["new_state"]
            if before is None or now is None or not _is_seen(before, now):
                return
            match toucher_of(hass, room.stage, before, now, called=now.context.id in called):
                case Toucher.AUTOMATION:
                    room.stage.leave(light)
                case Toucher.PERSON:
                    room.stage.leave(light)
                    room.stage.stop()
                    on = any(hass.states.is_state(one, STATE_ON) for one in lights_in(hass, room))
                    emit(LightsTouched(room=room.room, at=dt_util.utcnow(), source=light, on=on))

        def lights_only(entity_ids: set[str]) -> set[str]:
            return {entity_id for entity_id in entity_ids if entity_id.startswith(f"{LIGHT_DOMAIN}.")}

        target = {ATTR_ENTITY_ID: list(room.lights)} if room.lights else {ATTR_AREA_ID: room.room}
        stop_calls = hass.bus.async_listen(EVENT_CALL_SERVICE, on_call)
        stop_changes = await async_track_target_selector_state_change_event(hass, target, on_change, lights_only)

        @callback
        def stop() -> None:
            stop_calls()
            stop_changes()
            room.stage.stop()  # who has the room next knows nothing of what plays here, and could not end it

        return stop


def toucher_of(hass: HomeAssistant, stage: Stage, before: State, now: State, *, called: bool) -> Toucher:
    """Return whose change this is; `called`: somebody has called a light service under its context."""
    context = now.context
    manner = manner_of(hass, now.entity_id)
    is_new = monotonic() < stage.watched_since + manner.late
    if stage.is_own(context) or (is_new and stage.is_from_before(context)):
        return Toucher.PERSON if _is_switched_off(stage, before, now, manner) else Toucher.NOBODY
    if context.user_id is not None or is_said(hass, context):
        return Toucher.PERSON
    if context.parent_id is not None or called:
        return Toucher.AUTOMATION
    order = stage.orders.get(now.entity_id)
    is_late = is_new if order is None else monotonic() < order.settled + manner.late
    return Toucher.NOBODY if is_late and not _is_switched_off(stage, before, now, manner) else Toucher.PERSON


def manner_of(hass: HomeAssistant, light: str) -> Manner:
    """Return how a light tells of itself, as its integration says."""
    entry = er.async_get(hass).async_get(light)
    if entry is None:
        return TARDY
    try:
        integration = async_get_loaded_integration(hass, entry.platform)
    except IntegrationNotLoaded:
        return TARDY
    return PROMPT if integration.iot_class == "local_push" else TARDY


def _is_seen(before: State, now: State) -> bool:
    """Return whether one could see the light change."""
    if before.state not in {STATE_ON, STATE_OFF} or now.state not in {STATE_ON, STATE_OFF}:
        return False
    return before.state != now.state or any(before.attributes.get(one) != now.attributes.get(one) for one in SEEN)


def _is_switched_off(stage: Stage, before: State, now: State, manner: Manner) -> bool:
    order = stage.orders.get(now.entity_id)
    if order is None or not order.on or (before.state, now.state) != (STATE_ON, STATE_OFF):
        return False
    return (now.last_changed - before.last_changed).total_seconds() >= manner.firm
