"""Focus timer: stretches of work with breaks between them (PRD §7: "Pomodoro-style breaks")."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, ClassVar, Final, override

import probatio as vol
from homeassistant.const import Platform, UnitOfTime
from homeassistant.core import Context, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.selector import NumberSelector, NumberSelectorConfig, NumberSelectorMode
from homeassistant.util import dt as dt_util

from ...agent.spoken_length import length_of
from ...agent.tellings.timers import spoken
from ...brain.commands import Command, RoomSetState
from ...brain.events import Event, LightsTouched, SceneActivated
from ...brain.room_state import RoomState
from ...brain.scenes import FOCUS
from ...brain.stretches import Lengths, Phase, Stretch
from ...companion.capability import Capability
from ...companion.desk import Desk
from ...companion.wish import LENGTH, Asked, No, Wish
from ...entity import Shown
from ...rooms import RoomConfig
from .entities import FocusSensor
from .words import LINES, LISTS, MOST_ROUNDS, RULES, SENTENCES

_LOGGER = logging.getLogger(__name__)

LONGEST: Final = 4 * 3600
"""Seconds of one stretch."""
NEWS_FOR: Final = timedelta(minutes=5)
"""An end that nobody could be told of, Home Assistant being down, is none any longer."""

DEFAULTS: Final = {"focus": 25, "break": 5, "long_break": 15, "rounds": 4}
"""Minutes, and how many rounds."""
MOST: Final = {"focus": 240, "break": 60, "long_break": 120, "rounds": MOST_ROUNDS}


class FocusTimer(Capability):
    """One a room. It waits for whoever leaves, and ends with the day: who sleeps works no more."""

    key: ClassVar = "focus_timer"
    sentences: ClassVar = SENTENCES
    lists: ClassVar = LISTS
    rules: ClassVar = RULES
    lines: ClassVar = LINES
    form: ClassVar = {
        vol.Optional(key, default=default): NumberSelector(
            NumberSelectorConfig(
                min=1,
                max=MOST[key],
                mode=NumberSelectorMode.BOX,
                **({} if key == "rounds" else {"unit_of_measurement": UnitOfTime.MINUTES}),
            )
        )
        for key, default in DEFAULTS.items()
    }

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._stretches: dict[str, Stretch] = {}
        self._sensors: dict[str, FocusSensor] = {}

    @override
    async def async_start(self) -> None:
        stored = {area: Stretch.from_dict(one) for area, one in self.desk.memory.items() if area in self.desk.rooms}
        self.desk.memory.clear()
        for area, stretch in stored.items():
            self._keep(self.desk.rooms[area], stretch)

    @override
    def entities(self, room: RoomConfig) -> Mapping[Platform, list[FocusSensor]]:
        shown = partial(self._shown, room.room)
        self._sensors[room.room] = sensor = FocusSensor(self.desk.runtime, room, self.key, shown)
        return {Platform.SENSOR: [sensor]}

    # ---- what is asked for

    @override
    def wishes(self) -> tuple[Wish, ...]:
        number = vol.Coerce(int)
        return (
            Wish(
                intent="AthenaStartFocus",
                description="Starts a focus timer (Pomodoro): work with breaks; with a length alone, that once",
                fulfil=self._start,
                slots={
                    **LENGTH,
                    vol.Optional("break_minutes"): number,
                    vol.Optional("rounds"): vol.All(number, vol.Range(min=1, max=MOST["rounds"])),
                    vol.Optional("cycle"): bool,
                },
            ),
            Wish(
                intent="AthenaChangeFocus",
                description="Stops, pauses or resumes the focus timer, or skips its break",
                fulfil=self._change,
                slots={vol.Required("focus_change"): vol.In(["stop", "pause", "resume", "skip"])},
            ),
            Wish(
                intent="AthenaFocusStatus",
                description="Tells how long the focus, or the break, of the focus timer still lasts",
                fulfil=self._tell,
                slots={vol.Optional("is_it"): vol.In([*Phase])},
                is_question=True,
            ),
        )

    async def _start(self, asked: Asked) -> str | No:
        room, now = asked.in_room, dt_util.utcnow()
        lengths = self._lengths(asked.slots)
        if min(lengths.focus, lengths.short) <= 0:
            return self._refused("timer_no_time", lengths)
        if max(lengths.focus, lengths.short) > LONGEST:
            return self._refused("focus_too_long", lengths)
        stretch = Stretch(phase=Phase.FOCUS, round=1, due=now, lengths=lengths).begun(now)
        self._keep(room, stretch)
        await self._light(room, asked.context)
        return self._line(stretch, now)

    def _lengths(self, slots: Mapping[str, Any]) -> Lengths:
        """Return what was said, and the rest as it is set: of a length alone, that stretch alone."""
        of = {key: int(self.desk.settings.get(key, default)) for key, default in DEFAULTS.items()}
        is_one = (said := length_of(slots)) is not None and not slots.get("cycle")
        return Lengths(
            focus=of["focus"] * 60 if said is None else said,
            short=slots.get("break_minutes", of["break"]) * 60,
            long=of["long_break"] * 60,
            rounds=1 if is_one else slots.get("rounds", of["rounds"]),
        )

    def _refused(self, line: str, lengths: Lengths) -> No:
        _LOGGER.info("Not done: a focus timer of %d s with breaks of %d s", lengths.focus, lengths.short)
        return No(line=self.persona.say(line))

    async def _change(self, asked: Asked) -> str | No:
        room, now = asked.in_room, dt_util.utcnow()
        if (stretch := self._up_to(room, now)) is None:
            return No(line=self.persona.say("focus_none"))
        match asked.slots["focus_change"]:
            case "stop":
                self._keep(room, None)
                return self.persona.say("focus_stopped")
            case "pause":
                self._keep(room, stretch.still(now, away=False))
                return self.persona.say("paused")
            case "skip":
                if stretch.phase is not Phase.BREAK:
                    return No(line=self.persona.say("focus_no_break"))
                following = replace(stretch, due=now, left=None).next()
            case _:
                following = stretch.going_on(now)
        self._keep(room, following)
        return self._done(stretch.lengths) if following is None else self._line(following, now)

    async def _tell(self, asked: Asked) -> str:
        now = dt_util.utcnow()
        if (stretch := self._up_to(asked.in_room, now)) is None:
            return self.persona.say("focus_none")
        is_it = asked.slots.get("is_it")
        key = "paused" if stretch.left is not None else Phase.FOCUS if is_it else stretch.phase
        left = self.persona.say(f"focus_left_{key}", duration=self._amount(stretch, now))
        return left if is_it is None else f"{self.persona.say('yes' if is_it == stretch.phase else 'no')} {left}"

    async def _light(self, room: RoomConfig, context: Context) -> None:
        """Set the focus scene, as "focus mode" does; a room without lights is focussed in all the same."""
        try:
            await self.desk.runtime.async_activate_scene(room, FOCUS.key, self.key, context)
        except HomeAssistantError as err:
            _LOGGER.info("The lights of %s stay as they are: %s", room.title, err)

    # ---- what happens

    @override
    @callback
    def on_order(self, room: RoomConfig, command: Command) -> None:
        now = dt_util.utcnow()
        if not isinstance(command, RoomSetState) or (stretch := self._up_to(room, now)) is None:
            return
        if command.state is RoomState.SLEEP:
            self._keep(room, None)
        elif command.state is RoomState.EMPTY:
            if self._is_left(room, now) and stretch.phase is Phase.FOCUS and stretch.left is None:
                self._keep(room, stretch.still(now, away=True))
        elif stretch.away:
            self._keep(room, stretch := stretch.going_on(now))
            self.desk.start(self._go_on(room, stretch, now))

    @override
    @callback
    def on_fact(self, room: RoomConfig, event: Event) -> None:
        if (stretch := self._stretches.get(room.room)) is None:
            return
        now = dt_util.utcnow()
        if isinstance(event, LightsTouched) or (isinstance(event, SceneActivated) and event.scene != FOCUS.key):
            self._keep(room, stretch := replace(stretch, lit=False))
        if stretch.left is None and stretch.left_at(now) > stretch.length:  # the clock was put back
            self._keep(room, stretch.begun(now))

    async def _go_on(self, room: RoomConfig, stretch: Stretch, now: datetime) -> None:
        """Take up a stretch of somebody who is back, in the light that they had asked for."""
        if stretch.lit and not self.desk.room(room).quiet:
            await self._light(room, Context())
        await self.desk.async_say(room, self._line(stretch, now))

    def _elapse(self, room: RoomConfig) -> None:
        """Go on to what is due: also where much was, the clock having been put forward, or nobody having looked."""
        now, stretch = dt_util.utcnow(), self._stretches[room.room]
        if stretch.left is not None:  # nobody has come back to it
            self._keep(room, None)
            return
        last, following = stretch.at(now)
        if following is not None and following.phase is Phase.FOCUS and self._is_left(room, now):
            self._keep(room, following.begun(now).still(now, away=True))
            return
        self._keep(room, following)
        if following is not None:
            self.desk.start(self.desk.async_say(room, self._line(following, now)))
        elif now - last.due < NEWS_FOR:
            self.desk.start(self.desk.async_say(room, self._done(last.lengths)))

    def _up_to(self, room: RoomConfig, now: datetime) -> Stretch | None:
        """Return what goes on now, whether or not somebody has been woken for what was due before."""
        if (stretch := self._stretches.get(room.room)) is not None and stretch.due <= now:
            self._elapse(room)
        return self._stretches.get(room.room)

    def _is_left(self, room: RoomConfig, now: datetime) -> bool:
        """Return whether a sensor says that nobody is there: a room in which people are only heard may be silent."""
        return self.desk.room(room).occupancy(now).occupied is False

    def _keep(self, room: RoomConfig, stretch: Stretch | None) -> None:
        """Remember what goes on from now on, wait for its end, and show it."""
        if stretch is None:
            self._stretches.pop(room.room, None)
            self.desk.memory.pop(room.room, None)
            self.desk.wait_no_more(room.room)
        else:
            self._stretches[room.room] = stretch
            self.desk.memory[room.room] = stretch.as_dict()
            self.desk.wait(room.room, stretch.due, partial(self._elapse, room))
        self.desk.remember()
        if (sensor := self._sensors.get(room.room)) is not None and sensor.hass is not None:
            sensor.async_write_ha_state()

    # ---- what it says and shows

    def _line(self, stretch: Stretch, now: datetime) -> str:
        return self.persona.say(f"focus_{stretch.phase}", duration=self._amount(stretch, now))

    def _done(self, lengths: Lengths) -> str:
        done = self.persona.say("focus_done")
        return done if lengths.rounds == 1 else f"{done} {self.persona.say(f'focus_rounds_{lengths.rounds}')}"

    def _amount(self, stretch: Stretch, now: datetime) -> str:
        """Return what is left as people say it: of a whole stretch its length, else in minutes."""
        left = stretch.left_at(now)
        step = 1 if left == stretch.length or left < 60 else 60
        minutes, seconds = divmod(int(-(-left // step)) * step, 60)
        return spoken(self.persona, *divmod(minutes, 60), seconds)

    def _shown(self, room: str) -> Shown:
        """Return what goes on in a room."""
        if (stretch := self._stretches.get(room)) is None:
            return Shown(value="idle")
        is_paused = stretch.left is not None
        ends_at = None if is_paused else stretch.due.isoformat()
        attributes = {"ends_at": ends_at, "round": stretch.round, "rounds": stretch.lengths.rounds}
        return Shown(value="paused" if is_paused else stretch.phase.value, attributes=attributes)
