"""The button beside the bed: of a remote, or one on a dashboard."""

from typing import override

from homeassistant.components.button import DOMAIN as BUTTON_DOMAIN
from homeassistant.components.input_button import DOMAIN as INPUT_BUTTON_DOMAIN
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, State, callback
from homeassistant.util import dt as dt_util

from ..brain.events import ButtonPressed
from ..rooms import RoomConfig
from ..said import SaidCalls
from ..source import Emit, Source
from .watching import async_watch, has_happened


class ButtonSource(Source):
    """Tells that somebody presses it, not what it was restored to, and not that it was pressed for somebody's words.

    It ends an alarm, which nothing that is said may do.
    """

    @override
    async def async_start(self, hass: HomeAssistant, room: RoomConfig, emit: Emit) -> CALLBACK_TYPE:
        said = SaidCalls(hass, BUTTON_DOMAIN, INPUT_BUTTON_DOMAIN)

        def watcher(entity_id: str, now: State | None, before: State | None) -> None:
            if now is not None and has_happened(now, before) and not said.have(now.context):
                emit(ButtonPressed(room=room.room, at=dt_util.utcnow(), source=entity_id))

        stop_calls = said.async_listen()
        stop_presses = await async_watch(hass, room.buttons, watcher)

        @callback
        def stop() -> None:
            stop_calls()
            stop_presses()

        return stop
