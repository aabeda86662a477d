"""Quiet time: quiet mode that ends by itself, so that nobody has to think of it once the guests are gone (PRD §7)."""

from datetime import datetime, time, timedelta
from functools import partial
from typing import Any, ClassVar, Final, override

import probatio as vol
from homeassistant.core import callback
from homeassistant.util import dt as dt_util

from ..agent.spoken_length import length_of
from ..agent.spoken_time import times_of
from ..brain import phrases
from ..brain.events import Event, QuietSet
from ..companion.capability import Capability
from ..companion.wish import LENGTH, Asked, Wish
from ..rooms import RoomConfig

TIMES: Final = ("hour", "minute", "half", "part", "past", "to", "named_time")
"""The slots of a time of the day, as `agent/spoken_time.py` reads them."""

MORNING: Final = "morning"

DAWN: Final = time(4)
"""Before that it is last night."""


class QuietTime(Capability):
    """Quiet mode for so long, until then, or for tonight: until the room's night is over."""

    key: ClassVar = "quiet_time"
    sentences: ClassVar = {
        "AthenaQuietTime": (
            {
                "metadata": {"sampled": False},
                "sentences": ["<be_quiet> for <duration>", "<be_quiet> (until|till) <clock>"],
            },
            {
                "metadata": {"sampled": False},
                "slots": {"quiet_until": MORNING},
                "sentences": [
                    "<be_quiet> (until|till) (tomorrow[ morning]|[the ]morning|(we|i) get up)",
                    "<be_quiet>[ for] (tonight|the night|the evening|this evening)",
                ],
            },
        )
    }
    rules: ClassVar = {
        "be_quiet": "(<ask>[start |set |turn on |switch on |go to ][the ](quiet|guest|guests|silent) (mode|hours)[ on]"
        "|[<ask>(be|stay|keep|go) ](quiet|silent)|do not disturb[ mode][ on]|<ask>(do not|don't) disturb"
        " (me|us)|no talking)"
    }
    lines: ClassVar = {"quiet_until": "Quiet mode until {at}."}

    @override
    async def async_start(self) -> None:
        for area in set(self.desk.memory) - set(self.desk.rooms):
            del self.desk.memory[area]  # of a room that is gone
        for area, until in self.desk.memory.items():
            self._wait(self.desk.rooms[area], datetime.fromisoformat(until))

    @override
    def wishes(self) -> tuple[Wish, ...]:
        anything: Any = object
        return (
            Wish(
                intent="AthenaQuietTime",
                description="Turns on the quiet mode of a room for a time; it ends by itself",
                fulfil=self._begin,
                slots={
                    **LENGTH,
                    **{vol.Optional(slot): anything for slot in TIMES},
                    vol.Optional("quiet_until"): vol.In([MORNING]),
                },
            ),
        )

    async def _begin(self, asked: Asked) -> str:
        room, now = asked.in_room, dt_util.now()
        until = self._end(room, asked, now)
        event = QuietSet(room=room.room, at=dt_util.utcnow(), source=self.key, on=True)
        await self.desk.runtime.async_tell(event, asked.context)
        self.desk.memory[room.room] = until.isoformat()
        self.desk.remember()
        self._wait(room, until)
        at = phrases.clock(until)
        named = at if until.date() == now.date() else f"{at} {phrases.day(until.date(), now.date())}"
        return self.persona.say("quiet_until", at=named)

    def _end(self, room: RoomConfig, asked: Asked, now: datetime) -> datetime:
        """Return when it ends, by the clock on the wall: of a time without its half of the day, the next."""
        if (seconds := length_of(asked.slots)) is not None:
            return dt_util.as_local(dt_util.utcnow() + timedelta(seconds=seconds))
        if times := times_of(asked.slots):
            return min(_next(now, at) for at in times)
        begin, end = self.desk.room(room).settings.sleep_window
        over = _next(now, end)
        is_morning = DAWN <= now.time() < end < begin  # "tonight" is the night to come, though the last is not over
        return over + timedelta(days=1) if is_morning else over

    @override
    @callback
    def on_fact(self, room: RoomConfig, event: Event) -> None:
        if isinstance(event, QuietSet) and self.desk.memory.pop(room.room, None) is not None:
            self.desk.wait_no_more(room.room)  # somebody has decided anew
            self.desk.remember()

    def _wait(self, room: RoomConfig, until: datetime) -> None:
        self.desk.wait(room.room, until, partial(self._elapse, room))

    def _elapse(self, room: RoomConfig) -> None:
        event = QuietSet(room=room.room, at=dt_util.utcnow(), source=self.key, on=False)
        self.desk.start(self._tell(event))

    async def _tell(self, event: QuietSet) -> None:
        await self.desk.runtime.async_tell(event)


def _next(now: datetime, at: time) -> datetime:
    today = now.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
    return today if today > now else today + timedelta(days=1)
