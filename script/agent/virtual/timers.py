"""Home Assistant's own timers, with a log of what is done to them."""

from functools import partial
from typing import Any

from homeassistant.components.intent.const import TIMER_DATA
from homeassistant.components.intent.timers import TimerInfo, TimerManager
from homeassistant.core import HomeAssistant

from .devices import Log
from .spec import TimerSpec


class Timers:
    """What runs, pauses and is added to."""

    def __init__(self, hass: HomeAssistant, log: Log) -> None:
        self._hass = hass
        self._log = log
        self._names: dict[str, str] = {}
        """What the log calls a timer, by its id."""

    @property
    def _manager(self) -> TimerManager:
        manager: TimerManager = self._hass.data[TIMER_DATA]
        return manager

    def async_take_over(self) -> None:
        """Write down from now on what the manager of the timers is told."""
        manager: Any = self._manager
        start, cancel = manager.start_timer, manager.cancel_timer
        manager.start_timer = partial(self._start, start)
        manager.cancel_timer = partial(self._on_one, cancel, "cancelled")
        manager.pause_timer = partial(self._on_one, manager.pause_timer, "paused")
        manager.unpause_timer = partial(self._on_one, manager.unpause_timer, "unpaused")
        manager.add_time = partial(self._add, manager.add_time)

    def listen(self, device: str) -> None:
        """Let a device have timers."""
        self._manager.handlers[device] = lambda _what, _timer: None

    def start(self, spec: TimerSpec, device: str) -> None:
        """Start one that is there before somebody speaks."""
        id_ = self._manager.start_timer(device, spec.hours, spec.minutes, spec.seconds, language="en", name=spec.name)
        self._names[id_] = f"timer {len(self._manager.timers)}"
        timer: TimerInfo = self._manager.timers[id_]
        if spec.left is not None:
            self._manager.add_time(id_, spec.left - timer.seconds_left)
        if not spec.is_active:
            self._manager.pause_timer(id_)

    def clear(self) -> None:
        """End all."""
        for id_ in tuple(self._manager.timers):
            self._manager.cancel_timer(id_)
        self._names.clear()

    def _start(self, start: Any, *args: Any, **kwargs: Any) -> str:
        id_: str = start(*args, **kwargs)
        timer: TimerInfo = self._manager.timers[id_]
        effect = {
            "seconds": timer.seconds,
            "name": _plain(timer.name),
            "command": _plain(timer.conversation_command),
        }
        self._log.note(self._names.setdefault(id_, f"timer new {len(self._log.deeds)}"), effect)
        return id_

    def _on_one(self, do: Any, what: str, id_: str) -> None:
        self._log.note(self._names.get(id_, "timer new"), {what: True})
        do(id_)

    def _add(self, add: Any, id_: str, seconds: int) -> None:
        self._log.note(self._names.get(id_, "timer new"), {"added": seconds})
        add(id_, seconds)


def _plain(text: str | None) -> str | None:
    return " ".join(text.casefold().split()) if text else None
