"""The imperative shell: a source's event → brain → commands → outputs. It owns the timers and the store."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, Context, CoreState, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.event import async_call_later, async_track_point_in_utc_time, async_track_time_interval
from homeassistant.helpers.start import async_at_started
from homeassistant.util import dt as dt_util

from . import outputs, sources
from .brain.commands import AlarmStart, AlarmStop, AudioPlay, AudioSay, Command, WaitCancel, WaitStart
from .brain.errors import BrainError
from .brain.events import (
    AlarmDeleted,
    AlarmSet,
    AlarmSkipped,
    Event,
    SceneActivated,
    SoundFailed,
    SoundHeard,
    WaitElapsed,
    WakeWord,
)
from .brain.house import House
from .brain.room import Room
from .health import CHECK_EVERY, Health
from .journal import Journal
from .output import Output
from .outputs.lights import lights_of
from .refusals import refusal_of
from .rooms import RoomConfig, rooms_of
from .store import HouseStore

_LOGGER = logging.getLogger(__name__)

BEGIN_WITHIN: Final = 30.0
"""Seconds after which a house does not wait any longer for the rest of Home Assistant to start: an alarm may be due."""

AHEAD: Final = timedelta(seconds=5)
BEHIND: Final = timedelta(minutes=1)
"""How far a fact's own time may be from ours."""

CLOCK: Final = "clock"
ALARM_FACTS: Final = (AlarmSet, AlarmDeleted, AlarmSkipped)

type AthenaConfigEntry = ConfigEntry[Runtime]
type Listener = Callable[[], None]
type CommandListener = Callable[[Command, Context], None]


class Runtime:
    """One house, alive in Home Assistant."""

    def __init__(self, hass: HomeAssistant, entry: AthenaConfigEntry) -> None:
        self.hass = hass
        self.rooms: dict[str, RoomConfig] = {room.room: room for room in rooms_of(entry)}
        self.house = House(room.settings for room in self.rooms.values())
        self.health = Health(hass, self.rooms, self.house)
        self.journal = Journal(hass, self.rooms, entry.options)
        self._entry = entry
        self._store = HouseStore(hass)
        self._outputs: dict[type[Command], Output[Any]] = {output.command: output(entry) for output in outputs.ALL}
        self._waits: dict[tuple[str, str], CALLBACK_TYPE] = {}
        self._listeners: dict[str, list[Listener]] = {}
        self._command_listeners: dict[str, list[CommandListener]] = {}
        self._stops: list[CALLBACK_TYPE] = []
        self._restored = False
        self._begun = False
        self._failing: dict[tuple[str, str], set[str]] = {}
        self._bad_time = False

    async def async_start(self) -> None:
        """Take the house up where it was left; it watches and acts once the rest of Home Assistant is there."""
        await self._store.async_restore(self.house)
        self._restored = True
        if self.hass.state is CoreState.running:
            await self._async_begin()
        else:
            self._stops.append(async_at_started(self.hass, self._async_begin))
            self._stops.append(async_call_later(self.hass, BEGIN_WITHIN, self._async_begin))

    async def _async_begin(self, _: object = None) -> None:
        if self._begun:
            return
        self._begun = True
        self._carry_out(self.house.resume(dt_util.utcnow()), Context())
        for room in self.rooms.values():
            for source in sources.ALL:
                self._stops.append(await source().async_start(self.hass, room, self.handle))
        self.health.check()
        self._stops.append(async_track_time_interval(self.hass, self.health.check, CHECK_EVERY))

    async def async_stop(self) -> None:
        """Watch no longer, and write down what the house knows."""
        for stop in (*self._stops, *self._waits.values()):
            stop()
        self._stops.clear()
        self._waits.clear()
        if self._restored:  # else what is stored has never been read, and is worth more than an empty house
            await self._store.async_save(self.house)

    # ---- facts

    @callback
    def handle(self, event: Event) -> None:
        """Let the brain decide about a fact, and start what it orders; what fails is logged."""
        now = dt_util.utcnow()
        if not now - BEHIND <= event.at <= now + AHEAD:
            if not self._bad_time:
                self._bad_time = True
                _LOGGER.warning("%s says it is %s; facts from another time are left out", event.source, event.at)
            return
        self._mind_the_clock(now)
        context = Context()
        self._carry_out(self._decide(event, context), context)

    @callback
    def spoken_to(self, room: str, source: str) -> None:
        """Take in that somebody in the room speaks to Athena: whoever does is there."""
        self.handle(WakeWord(room=room, at=dt_util.utcnow(), source=source))

    async def async_tell(self, event: Event, context: Context | None = None) -> tuple[Command, ...]:
        """Let the brain decide about a person's wish, and return its orders once they are carried out and written down.

        Raises ServiceValidationError, translated, and changes nothing, where the brain refuses; HomeAssistantError
        where an order fails.
        """
        self._mind_the_clock(dt_util.utcnow())
        context = context or Context()  # one for all: an alarm's clip and line are told by it to belong together
        try:
            commands = self._decide(event, context)
        except BrainError as err:
            raise refusal_of(err, self.rooms) from err
        done = await asyncio.gather(
            *(self._async_carry_out(command, context) for command in self._for_outputs(commands, context)),
            return_exceptions=True,
        )
        await self._store.async_save(self.house, good=isinstance(event, ALARM_FACTS))
        if isinstance(event, ALARM_FACTS):
            self.health.check()  # whoever sets an alarm is still there to mend what it lacks
        for result in done:
            if isinstance(result, BaseException):
                raise result
        return commands

    def _mind_the_clock(self, now: datetime) -> None:
        """Go on from now where the clock was put back: else what is new would be history to the house."""
        if now + BEHIND < self.house.latest:
            _LOGGER.warning("The clock was put back by %s", self.house.latest - now)
            self._carry_out(self.house.resume(now), Context())

    async def async_order(self, command: Command, context: Context) -> None:
        """Carry out what a person orders without a rule being asked; raise HomeAssistantError where it fails."""
        for order in self._for_outputs((command,), context):
            await self._async_carry_out(order, context)

    async def async_activate_scene(self, room: RoomConfig, scene: str, source: str, context: Context) -> None:
        """Run a scene that a person asked for, and return once it is done.

        Raises ServiceValidationError, and changes nothing, without lights; HomeAssistantError where one fails.
        """
        lights_of(self.hass, room)
        await self.async_tell(SceneActivated(room=room.room, at=dt_util.utcnow(), source=source, scene=scene), context)

    # ---- what there is to know

    def room(self, room: str) -> Room:
        """Return what the brain knows of a room."""
        return self.house.rooms[room]

    @callback
    def async_listen(self, room: str, listener: Listener) -> CALLBACK_TYPE:
        """Call `listener` after every fact about the room, until the returned function is called."""
        listeners = self._listeners.setdefault(room, [])
        listeners.append(listener)
        return partial(listeners.remove, listener)

    @callback
    def async_listen_commands(self, room: str, listener: CommandListener) -> CALLBACK_TYPE:
        """Call `listener` with every order for the room, until the returned function is called."""
        listeners = self._command_listeners.setdefault(room, [])
        listeners.append(listener)
        return partial(listeners.remove, listener)

    # ---- orders

    def _decide(self, event: Event, context: Context) -> tuple[Command, ...]:
        commands = self.house.handle(event)
        self.journal.tell(event, context)
        self._store.save_soon(self.house.as_dict, decided=bool(commands))
        for listener in tuple(self._listeners.get(event.room, ())):
            _tell(listener)
        return commands

    def _carry_out(self, commands: Sequence[Command], context: Context) -> None:
        """Start what nobody waits for."""
        for command in self._for_outputs(commands, context):
            self._entry.async_create_background_task(
                self.hass, self._async_try(command, context), f"athena {command.type} {command.room}"
            )
        if any(isinstance(command, AlarmStart | AlarmStop) for command in commands):
            self._entry.async_create_background_task(
                self.hass, self._store.async_save(self.house), "athena alarm written down"
            )

    def _for_outputs(self, commands: Sequence[Command], context: Context | None) -> list[Command]:
        """Keep the waits, tell who listens, and return the orders that an output carries out."""
        for command in commands:
            self.journal.tell(command, context)
            match command:
                case WaitStart():
                    self._start_wait(command)
                case WaitCancel():
                    self._cancel_wait(command.room, command.key)
            for listener in tuple(self._command_listeners.get(command.room, ())):
                _tell(listener, command, context or Context())
        return [command for command in commands if type(command) in self._outputs]

    async def _async_carry_out(self, command: Command, context: Context) -> None:
        output = self._outputs[type(command)]
        await output.async_carry_out(self.hass, self.rooms[command.room], command, context)

    async def _async_try(self, command: Command, context: Context) -> None:
        """Carry out what nobody waits for: logged once when it begins to fail, once when all of its kind works again.

        A scene that waits for the end of an animation has not shown yet that the lights work.
        """
        kind, title = command.type.partition(".")[0], self.rooms[command.room].title
        failing = self._failing.setdefault((command.room, kind), set())
        try:
            await self._async_carry_out(command, context)
        except HomeAssistantError as err:
            if not failing:
                _LOGGER.warning("%s in %s failed: %s", command.type, title, self.journal.reason(command, err))
            failing.add(command.type)
            self._was_heard(command, heard=False)
        except Exception:
            _LOGGER.exception("%s in %s failed", command.type, title)
        else:
            if command.type in failing:
                failing.discard(command.type)
                if not failing:
                    _LOGGER.info("%s in %s works again", kind, title)
            self._was_heard(command, heard=True)

    def _was_heard(self, command: Command, *, heard: bool) -> None:
        """Tell the brain whether an alarm can be heard, where that is news."""
        if isinstance(command, AudioPlay | AudioSay) and command.urgent and self.room(command.room).unheard is heard:
            fact = SoundHeard if heard else SoundFailed
            self.handle(fact(room=command.room, at=dt_util.utcnow(), source=command.type))
            self.health.check()

    @callback
    def _start_wait(self, wait: WaitStart) -> None:
        self._cancel_wait(wait.room, wait.key)
        elapsed = partial(self._wait_elapsed, wait)
        self._waits[wait.room, wait.key] = async_track_point_in_utc_time(self.hass, elapsed, wait.due)

    @callback
    def _wait_elapsed(self, wait: WaitStart, _now: datetime) -> None:
        del self._waits[wait.room, wait.key]
        self.handle(WaitElapsed(room=wait.room, key=wait.key, at=dt_util.utcnow(), source=CLOCK))

    @callback
    def _cancel_wait(self, room: str, key: str) -> None:
        if cancel := self._waits.pop((room, key), None):
            cancel()


def _tell(listener: Callable[..., None], *told: object) -> None:
    """Tell somebody who only looks on: if they fail, an order that comes after must not."""
    try:
        listener(*told)
    except Exception:
        _LOGGER.exception("%s failed", listener)
