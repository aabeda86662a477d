"""Contextual wake-up: what time it is, and which day, once somebody has got up (PRD §7: "It's 7 AM. It's Tuesday.")."""

from typing import ClassVar, override

from ..brain import phrases
from ..companion.capability import Capability
from ..companion.greeted import Waking


class WakeUp(Capability):
    """Tell whoever gets up the time; with the first time of a morning, the day."""

    key: ClassVar = "wake_up"
    lines: ClassVar = {"wake_up_day": "It's {weekday}."}

    @override
    async def on_waking(self, waking: Waking) -> str:
        time = self.persona.say("time", time=phrases.clock(waking.at))
        room, day = waking.room.room, waking.day.isoformat()
        if not waking.is_morning or self.desk.memory.get(room) == day:
            return time
        self.desk.memory[room] = day
        self.desk.remember()
        weekday = self.persona.part(f"weekday_{waking.day.weekday()}")
        return f"{time} {self.persona.say('wake_up_day', weekday=weekday)}"
