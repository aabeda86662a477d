"""The button beside the bed: of a remote, or one on a dashboard."""

from collections import deque
from typing import Final, override

from homeassistant.components.button import DOMAIN as BUTTON_DOMAIN
from homeassistant.components.input_button import DOMAIN as INPUT_BUTTON_DOMAIN
from homeassistant.const import ATTR_DOMAIN, EVENT_CALL_SERVICE
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, State, callback
from homeassistant.util import dt as dt_util

from ..brain.events import ButtonPressed
from ..rooms import RoomConfig
from ..said import is_in_a_turn, is_said
from ..source import Emit, Source
from .watching import async_watch, has_happened

PRESSED_BY_A_CALL: Final = frozenset({BUTTON_DOMAIN, INPUT_BUTTON_DOMAIN})


class ButtonSource(Source):
    """Tells that somebody presses it, not what it was restored to, and not that it was pressed for somebody's words.

    It ends an alarm, which nothing that is said may do.
    """

    @override
    async def async_start(self, hass: HomeAssistant, room: RoomConfig, emit: Emit) -> CALLBACK_TYPE:
        said: deque[str] = deque(maxlen=64)

        @callback
        def on_call(event: Event) -> None:
            if event.data[ATTR_DOMAIN] in PRESSED_BY_A_CALL and is_in_a_turn():
                said.append(event.context.id)

        def watcher(entity_id: str, now: State | None, before: State | None) -> None:
            if now is None or not has_happened(now, before):
                return
            if now.context.id not in said and not is_said(hass, now.context):
                emit(ButtonPressed(room=room.room, at=dt_util.utcnow(), source=entity_id))

        stop_calls = hass.bus.async_listen(EVENT_CALL_SERVICE, on_call)
        stop_presses = await async_watch(hass, room.buttons, watcher)

        @callback
        def stop() -> None:
            stop_calls()
            stop_presses()

        return stop
