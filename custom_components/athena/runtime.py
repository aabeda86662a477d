"""The imperative shell: a source's event → brain → commands → outputs. It owns the timers and the store."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, Context, CoreState, HassJob, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later, async_track_point_in_utc_time, async_track_time_interval
from homeassistant.helpers.start import async_at_started
from homeassistant.util import dt as dt_util

from . import outputs, pipelines, sources
from .agent.trace import Traces
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
from .companion.onlooker import Onlooker
from .control import Control
from .health import CHECK_EVERY, Health
from .journal import Journal
from .orders import Orders
from .output import LeftOut
from .outputs.deeds.asking import async_ask
from .outputs.deeds.doer import Doer
from .outputs.lights import lights_of
from .refusals import refusal_of, refused
from .rooms import RoomConfig, rooms_of
from .source import Source
from .store import SOON, HouseStore

_LOGGER = logging.getLogger(__name__)

BEGIN_WITHIN: Final = 30.0
"""Seconds after which a house does not wait any longer for the rest of Home Assistant to start: an alarm may be due."""

AHEAD: Final = timedelta(seconds=5)
BEHIND: Final = timedelta(minutes=1)
"""How far a fact's own time may be from ours."""

LOOK_AT_THE_CLOCK_EVERY: Final = timedelta(minutes=1)
"""Home Assistant's timers do not see that the clock was put forward: so late is what fell due, at most."""

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
        self.doer = Doer(hass, entry)
        self.traces = Traces()
        self.control: Control | None = None
        """The agent's, while it is there: a user may disable it."""
        self.onlookers: list[Onlooker] = []
        self._entry = entry
        self._store = HouseStore(hass)
        self._orders = Orders(hass, outputs.ALL, entry, self.rooms, self.journal, self._has_turned_out)
        self._waits: dict[tuple[str, str], tuple[WaitStart, CALLBACK_TYPE]] = {}
        self._listeners: dict[str, list[Listener]] = {}
        self._command_listeners: dict[str, list[CommandListener]] = {}
        self._stops: list[CALLBACK_TYPE] = []
        self._soon: CALLBACK_TYPE | None = None
        self._restored = False
        self._begun = False
        self._stopped = False
        self._bad_time = False

    async def async_restore(self) -> None:
        """Take the house up where it was left; nothing happens yet, so that nobody who is to be told misses it."""
        await self._store.async_restore(self.house)
        self._restored = True

    async def async_start(self) -> None:
        """Watch and act, once the rest of Home Assistant is there."""
        if self.hass.state is CoreState.running:
            await self._async_begin()
        else:
            self._stops.append(async_at_started(self.hass, self._async_begin))
            self._stops.append(async_call_later(self.hass, BEGIN_WITHIN, self._async_begin))

    async def _async_begin(self, _: object = None) -> None:
        if self._begun or self._stopped:
            return
        self._begun = True
        self._resume(dt_util.utcnow())
        self._stops.append(async_track_time_interval(self.hass, self._look_at_the_clock, LOOK_AT_THE_CLOCK_EVERY))
        for room in self.rooms.values():
            for source in sources.ALL:
                await self._async_watch(source(), room)
        await self.health.async_restore()
        if not self._stopped:
            self.health.check()
            self._stops.append(async_track_time_interval(self.hass, self.health.check, CHECK_EVERY))
            self._look_at_the_assistants()
            self._stops.append(
                async_track_time_interval(self.hass, self._look_at_the_assistants, pipelines.CHECK_EVERY)
            )

    @callback
    def _look_at_the_assistants(self, _: object = None) -> None:
        pipelines.check(self.hass, self._entry)

    async def _async_watch(self, source: Source, room: RoomConfig) -> None:
        """Start a source; one that fails keeps neither the others nor an alarm from their work."""
        if self._stopped:
            return
        try:
            stop = await source.async_start(self.hass, room, self.handle)
        except Exception:
            _LOGGER.exception("%s cannot watch %s", type(source).__name__, room.title)
            return
        if self._stopped:
            stop()
        else:
            self._stops.append(stop)

    async def async_stop(self) -> None:
        """Watch and act no longer, and write down what the house knows: for the last time."""
        if self._stopped:
            return
        self._stopped = True
        for onlooker in tuple(self.onlookers):
            await onlooker.async_stop()
        pipelines.take_back(self.hass)
        for stop in (*self._stops, *(cancel for _, cancel in self._waits.values())):
            stop()
        self._stops.clear()
        self._waits.clear()
        if self._soon is not None:
            self._soon()
        if self._restored:  # else what is stored has never been read, and is worth more than an empty house
            await self._store.async_save(self.house)

    # ---- facts

    @callback
    def handle(self, event: Event) -> None:
        """Let the brain decide about a fact, and start what it orders; what fails is logged."""
        if self._stopped:
            return
        now = dt_util.utcnow()
        if not now - BEHIND <= event.at <= now + AHEAD:
            if not self._bad_time:
                self._bad_time = True
                _LOGGER.warning("%s says it is %s; facts from another time are left out", event.source, event.at)
            return
        self._mind_the_clock(now)
        context = Context()
        commands = self._decide(event)
        self._carry_out(commands, context)
        self._write_down_alarms(commands)
        self._tell_onlookers(event, commands, context)

    @callback
    def spoken_to(self, room: str, source: str) -> None:
        """Take in that somebody in the room speaks to Athena: whoever does is there."""
        self.handle(WakeWord(room=room, at=dt_util.utcnow(), source=source))

    async def async_tell(
        self, event: Event, context: Context | None = None, *, strict: bool = False
    ) -> tuple[Command, ...]:
        """Let the brain decide about a person's wish, and return its orders once they are carried out and written down.

        Raises ServiceValidationError, translated, and changes nothing, where the brain refuses or the house is not
        alive. A wish is granted though something it began has failed, a light for one, which is logged; `strict`: it
        raises what an order fails with. What an alarm orders is nobody's wish: it is neither waited for nor raised.
        """
        self._must_be_alive()
        now = dt_util.utcnow()
        self._mind_the_clock(now)
        self._elapse_what_is_due(now, event.room)  # by itself: it is not what this wish ordered
        context = context or Context()  # one for all: an alarm's clip and line are told by it to belong together
        try:
            commands = self._decide(event)
        except BrainError as err:
            raise refusal_of(err, self.rooms) from err
        wished = self._carry_out(commands, context)
        self._tell_onlookers(event, commands, context)
        await self._store.async_save(self.house, good=isinstance(event, ALARM_FACTS))
        if isinstance(event, ALARM_FACTS):
            self.health.check()  # whoever sets an alarm is still there to mend what it lacks
        for outcome in await asyncio.gather(*wished, return_exceptions=True):
            if strict and isinstance(outcome, asyncio.CancelledError):
                self._must_be_alive()
            if strict and outcome is not None:
                raise outcome
        return commands

    def _must_be_alive(self) -> None:
        if self._stopped:
            raise refused("not_running")

    def _mind_the_clock(self, now: datetime) -> None:
        """Go on from now where the clock was put back: else what is new would be history to the house."""
        if now + BEHIND < self.house.latest:
            _LOGGER.warning("The clock was put back by %s", self.house.latest - now)
            self._resume(now)

    def _resume(self, now: datetime) -> None:
        context = Context()
        commands = self.house.resume(now)
        self._carry_out(commands, context)
        self._write_down_alarms(commands)
        for command in commands:
            self._tell_of(command, context)
        for room in self.rooms:
            self._tell_room(room)

    async def async_order(self, command: Command, context: Context) -> LeftOut | None:
        """Carry out what a person orders without a rule being asked, and return why where it is left out.

        Raises HomeAssistantError where it fails.
        """
        self._must_be_alive()
        self._tell_of(command, context)
        return await self._orders.async_carry_out(command, context)

    async def async_ask(self, domain: str, action: str, entity: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what an action that only tells something answers about an entity; raise HomeAssistantError."""
        return await async_ask(self.hass, domain, action, entity, data)

    async def async_activate_scene(self, room: RoomConfig, scene: str, source: str, context: Context) -> None:
        """Run a scene that a person asked for, and return once it is done.

        Raises ServiceValidationError, and changes nothing, without lights; HomeAssistantError where one fails.
        """
        lights_of(self.hass, room)
        event = SceneActivated(room=room.room, at=dt_util.utcnow(), source=source, scene=scene)
        await self.async_tell(event, context, strict=True)

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

    def _decide(self, event: Event) -> tuple[Command, ...]:
        commands = self.house.handle(event)
        self._store.save_later(self.house)
        if commands and self._soon is None:
            write = HassJob(self._async_write_soon, cancel_on_shutdown=True)
            self._soon = async_call_later(self.hass, SOON, write)
        return commands

    async def _async_write_soon(self, _now: datetime) -> None:
        self._soon = None
        await self._store.async_save(self.house)

    def _carry_out(self, commands: Sequence[Command], context: Context) -> list[asyncio.Task[Exception | None]]:
        """Start the waits and what the outputs do; return what a wish waits for: nothing of an alarm's."""
        for command in commands:
            match command:
                case WaitStart():
                    self._start_wait(command)
                case WaitCancel():
                    self._cancel_wait(command.room, command.key)
        started = [(command, self._orders.start(command, context)) for command in commands]
        return [task for command, task in started if task is not None and not _is_alarms(command)]

    def _write_down_alarms(self, commands: Sequence[Command]) -> None:
        if any(isinstance(command, AlarmStart | AlarmStop) for command in commands):
            self._entry.async_create_background_task(
                self.hass, self._store.async_save(self.house), "athena alarm written down"
            )

    def _tell_onlookers(self, event: Event, commands: Sequence[Command], context: Context) -> None:
        """Tell all who only look on: last, for no order may have to do with whether they fail."""
        _tell(self.journal.tell, event, context)
        for onlooker in tuple(self.onlookers):
            _tell(onlooker.tell_fact, event)
        self._tell_room(event.room)
        for command in commands:
            self._tell_of(command, context)

    def _tell_room(self, room: str) -> None:
        for listener in tuple(self._listeners.get(room, ())):
            _tell(listener)

    def _tell_of(self, command: Command, context: Context) -> None:
        _tell(self.journal.tell, command, context)
        for listener in tuple(self._command_listeners.get(command.room, ())):
            _tell(listener, command, context)
        for onlooker in tuple(self.onlookers):
            _tell(onlooker.tell_order, command, context)

    def _has_turned_out(self, command: Command, failure: Exception | None) -> None:
        """Tell the brain whether an alarm can be heard, where that is news."""
        heard = failure is None
        if isinstance(command, AudioPlay | AudioSay) and command.urgent and self.room(command.room).unheard is heard:
            fact = SoundHeard if heard else SoundFailed
            self.handle(fact(room=command.room, at=dt_util.utcnow(), source=command.type))
            _tell(self.health.check)

    # ---- waits

    @callback
    def _start_wait(self, wait: WaitStart) -> None:
        self._cancel_wait(wait.room, wait.key)
        elapsed = partial(self._wait_elapsed, wait)
        self._waits[wait.room, wait.key] = wait, async_track_point_in_utc_time(self.hass, elapsed, wait.due)

    @callback
    def _wait_elapsed(self, wait: WaitStart, _now: datetime) -> None:
        self._cancel_wait(wait.room, wait.key)
        self.handle(WaitElapsed(room=wait.room, key=wait.key, at=dt_util.utcnow(), source=CLOCK))

    @callback
    def _cancel_wait(self, room: str, key: str) -> None:
        if (found := self._waits.pop((room, key), None)) is not None:
            _, cancel = found
            cancel()

    @callback
    def _look_at_the_clock(self, _now: datetime) -> None:
        """Do what is due where the clock was put forward."""
        now = dt_util.utcnow()
        for room in self.rooms:
            self._elapse_what_is_due(now, room)
        for onlooker in tuple(self.onlookers):
            _tell(onlooker.look_at_the_clock, now)

    def _elapse_what_is_due(self, now: datetime, room: str) -> None:
        for wait, _ in tuple(self._waits.values()):
            if wait.room == room and wait.due <= now:
                self._wait_elapsed(wait, now)


def _is_alarms(command: Command) -> bool:
    """Return whether an order is of an alarm's noise."""
    match command:
        case AlarmStart() | AlarmStop() | AudioPlay(urgent=True) | AudioSay(urgent=True):
            return True
    return False


def _tell(listener: Callable[..., None], *told: object) -> None:
    """Tell somebody who only looks on: if they fail, an order that comes after must not."""
    try:
        listener(*told)
    except Exception:
        _LOGGER.exception("%s failed", listener)
