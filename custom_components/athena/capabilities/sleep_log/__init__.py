"""The sleep log: how restful a night was, from who lay in bed and what moved (PRD §7: "restful/restless")."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import ClassVar, Final, override

import probatio as vol
from homeassistant.const import Platform
from homeassistant.core import callback
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.selector import SelectSelector, SelectSelectorConfig
from homeassistant.util import dt as dt_util

from ...brain import phrases
from ...brain.commands import BedExit, Command, RoomSetState
from ...brain.events import Event
from ...brain.night import Night
from ...brain.nights import Nights
from ...brain.room_state import Why
from ...companion.capability import Capability
from ...companion.desk import Desk
from ...companion.wish import Asked, No, Wish
from ...rooms import RoomConfig
from .entities import NightPicture, SleepSensor, TimeAsleepSensor
from .words import LINES, NightWords

CONF_SIDE: Final = "side"
BOTH: Final = "both"
SIDES: Final = (BOTH, "left", "right")

LOOK_EVERY: Final = timedelta(minutes=5)
"""So much of a night a power cut may cost."""

type Shows = Callable[[], None]


class SleepLog(Capability):
    """Log the nights of every room that has a bed."""

    key: ClassVar = "sleep_log"
    sentences: ClassVar = {
        "AthenaHowSlept": (
            "how did i sleep",
            {
                "metadata": {"sampled": False},
                "sentences": [
                    "(how[ well] did|how'd) (i|we) sleep[ last night| tonight][ <in_area>]",
                    "did (i|we) sleep (well|okay|ok|all right|alright|badly|restlessly|enough)[ last night]["
                    " <in_area>]",
                    "did (i|we) (get enough sleep|toss and turn|move [around ](a lot|much)|wake up)[ last night]"
                    "[ <in_area>]",
                    "(was|were) (i|we) restless[ last night][ <in_area>]",
                    "how (restful|restless|good) was (my|our) (sleep|night)[ last night][ <in_area>]",
                    "did (i|we) (get|have) a good (night|night's sleep)[ last night][ <in_area>]",
                    "(how was|how's) last night[ <in_area>]",
                    "(what was|what's) (my|our) (sleep|night) like[ last night][ <in_area>]",
                    "<ask>(tell me about|show me) (my|our|the) (sleep|night)[ last night][ <in_area>]",
                    "<ask>(tell|show) me how (i|we) slept[ last night][ <in_area>]",
                    "[<ask>(give|read|tell|show) me |what's |what is ][(my|our|the) ]sleep (log|report|summary)["
                    " <in_area>]",
                    "(how was|how's) (my|our|the) (sleep|night)[ last night][ <in_area>]",
                    "was (my|our|the) (sleep|night) (good|bad|restful|restless)[ <in_area>]",
                ],
            },
        ),
        "AthenaHowLongSlept": (
            "how long did i sleep",
            {
                "metadata": {"sampled": False},
                "sentences": [
                    "how (long|much|many hours) (did|have) (i|we) (sleep|slept|been asleep)[ last night][ <in_area>]",
                    "how (much sleep|many hours of sleep) (did|have) (i|we) (get|got|had|have)[ last night]["
                    " <in_area>]",
                    "how (long|much) was i (asleep|sleeping)[ last night][ <in_area>]",
                ],
            },
        ),
        "AthenaWhenAsleep": (
            "when did i fall asleep",
            {
                "metadata": {"sampled": False},
                "sentences": [
                    "(when|[at ]what time) did (i|we) (fall asleep|go to sleep|get to sleep)[ last night][ <in_area>]"
                ],
            },
        ),
        "AthenaWhenAwake": (
            "when did i wake up",
            {
                "metadata": {"sampled": False},
                "sentences": [
                    "(when|[at ]what time) did (i|we) (wake|wake up|get up)[ today| this morning][ <in_area>]"
                ],
            },
        ),
    }
    lines: ClassVar = LINES
    form: ClassVar = {
        vol.Optional(CONF_SIDE, default=BOTH): SelectSelector(
            SelectSelectorConfig(options=list(SIDES), translation_key="sleep_log_side")
        )
    }

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._nights = {area: self._new(room) for area, room in desk.rooms.items() if room.beds or room.posture}
        self._shown: dict[str, list[Shows]] = {}

    def _new(self, room: RoomConfig) -> Nights:
        side = self.desk.settings.get(CONF_SIDE, BOTH)
        return Nights(room.settings, None if side == BOTH else side)

    @override
    async def async_start(self) -> None:
        """Go on with the nights of the rooms that are left."""
        memory = self.desk.memory
        for area in set(memory) - set(self.desk.rooms):
            del memory[area]  # a room that has lost its bed keeps them, should it have another one
        nights = {area: self._new(self.desk.rooms[area]) for area in self._nights}
        for area in set(memory) & set(nights):
            nights[area].kept = [Night.from_dict(night) for night in memory[area]["nights"]]
            nights[area].restore(memory[area]["now"])
        self._nights = nights
        for area, one in nights.items():
            if one.sleep is not None and not (known := self.desk.room(self.desk.rooms[area])).sleeping:
                one.becomes(known.state, Why.GOT_UP, one.heard_until or dt_util.utcnow())
            self._keep(area)

    # ---- what it is told

    @override
    def on_fact(self, room: RoomConfig, event: Event) -> None:
        if (nights := self._nights.get(room.room)) is not None:
            nights.take(event)
            kept = self.desk.memory.setdefault(room.room, {"nights": []})
            kept["now"] = nights.as_dict()  # written down at the next look, or at the end

    @override
    def on_order(self, room: RoomConfig, command: Command) -> None:
        if (nights := self._nights.get(room.room)) is None:
            return
        at = self.desk.room(room).latest
        match command:
            case BedExit():
                nights.leaves_bed(at)
            case RoomSetState(state=state, why=why):
                if nights.becomes(state, why, at):
                    self._show(room.room)
            case _:
                return
        self._keep(room.room)

    @callback
    def _keep(self, area: str) -> None:
        """Write down what is known of a room's nights, and look again while somebody sleeps there."""
        nights = self._nights[area]
        kept = [night.as_dict() for night in nights.kept]
        self.desk.memory[area] = {"nights": kept, "now": nights.as_dict()}
        self.desk.remember()
        if nights.sleep is not None:
            self.desk.wait(area, dt_util.utcnow() + LOOK_EVERY, lambda: self._look(area))
        else:
            self.desk.wait_no_more(area)

    @callback
    def _look(self, area: str) -> None:
        self._nights[area].passes(dt_util.utcnow())
        self._keep(area)

    # ---- what it shows

    @override
    def entities(self, room: RoomConfig) -> Mapping[Platform, Sequence[Entity]]:
        if room.room not in self._nights:
            return {}
        return {
            Platform.SENSOR: (SleepSensor(self, room), TimeAsleepSensor(self, room)),
            Platform.IMAGE: (NightPicture(self, room),),
        }

    def last(self, room: RoomConfig) -> Night | None:
        """Return the last night that is over."""
        kept = self._nights[room.room].kept
        return kept[-1] if kept else None

    @callback
    def listen(self, room: RoomConfig, shows: Shows) -> Callable[[], None]:
        """Call `shows` whenever a night is over, until the returned function is called."""
        listeners = self._shown.setdefault(room.room, [])
        listeners.append(shows)
        return lambda: listeners.remove(shows)

    @callback
    def _show(self, area: str) -> None:
        for shows in tuple(self._shown.get(area, ())):
            shows()

    def picture(self, room: RoomConfig) -> str:
        """Return the picture of the last night that is over."""
        return self._words(room).picture(self.last(room))

    def _words(self, room: RoomConfig) -> NightWords:
        return NightWords(self.persona, room.settings.zone)

    # ---- what can be asked

    @override
    def wishes(self) -> tuple[Wish, ...]:
        return tuple(
            Wish(
                intent=intent,
                description=description,
                fulfil=partial(self._tell, tell),
                is_question=True,
                needs_room=False,
            )
            for intent, description, tell in (
                ("AthenaHowSlept", "Tells how restful the last night was, and how long the sleep", NightWords.how),
                ("AthenaHowLongSlept", "Tells for how long somebody slept last night", NightWords.how_long),
                ("AthenaWhenAsleep", "Tells when somebody fell asleep last night", NightWords.when_asleep),
                ("AthenaWhenAwake", "Tells when somebody woke up this morning", NightWords.when_awake),
            )
        )

    async def _tell(self, tell: Callable[[NightWords, Night], str], asked: Asked) -> str | No:
        if (room := self._bedroom(asked.room)) is None:
            return No(line=phrases.WHICH_ROOM if self._nights else self.persona.say("sleep_unknown"))
        night = self._nights[room.room].last(dt_util.utcnow())
        return self.persona.say("sleep_unknown") if night is None else tell(self._words(room), night)

    def _bedroom(self, room: RoomConfig | None) -> RoomConfig | None:
        """Return the room that is meant, where it has a bed; else the only one that has."""
        if room is not None and room.room in self._nights:
            return room
        return self.desk.rooms[next(iter(self._nights))] if len(self._nights) == 1 else None
