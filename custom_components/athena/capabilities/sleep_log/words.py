"""A night in words: what Athena says of it, and what stands on its picture."""

from datetime import datetime, timedelta, tzinfo
from typing import Final

from ...agent.persona import Persona
from ...brain import phrases
from ...brain.night import Night
from .picture import Words, draw, draw_none

LINES: Final = {
    "sleep_restful": "Restful. {amount}.",
    "sleep_restless": "Restless. {amount}.",
    "sleep_told": "{amount}.",
    "sleep_at": "{clock}.",
    "sleep_unknown": "I don't know.",
    "sleep_visit": "{count} visit",
    "sleep_visits": "{count} visits",
    "picture_restful": "Restful",
    "picture_restless": "Restless",
    "picture_unknown": "A night",
    "picture_none": "No night yet",
    "picture_asleep": "{amount} asleep",
    "picture_none_told": "The first night of at least 90 minutes will be here.",
    "picture_moved": "movement",
    "picture_up": "up",
    "picture_not_known": "not known",
}

MINUTE: Final = timedelta(minutes=1)


class NightWords:
    """What can be told of a night."""

    def __init__(self, persona: Persona, zone: tzinfo) -> None:
        """Tell it by the clocks of a zone; the persona has LINES as well as its own."""
        self._persona = persona
        self._zone = zone

    def how(self, night: Night) -> str:
        """Return "Restful. 7 hours and 40 minutes."; without a verdict only how long."""
        key = "sleep_told" if night.verdict is None else f"sleep_{night.verdict}"
        if not night.visits:
            return self._persona.say(key, amount=self._amount(night.duration, " and "))
        return self._persona.say(key, amount=f"{self._amount(night.duration)}, {self._visits(night)}")

    def how_long(self, night: Night) -> str:
        """Return "7 hours and 40 minutes."."""
        return self._persona.say("sleep_told", amount=self._amount(night.duration, " and "))

    def when_asleep(self, night: Night) -> str:
        """Return "11:05 PM."."""
        return self._at(night.asleep_at)

    def when_awake(self, night: Night) -> str:
        """Return "7 AM."."""
        return self._at(night.end)

    def picture(self, night: Night | None) -> str:
        """Return a night as SVG, or that there is none yet."""
        if night is None:
            return draw_none(self._words("none", "", self._persona.say("picture_none_told")))
        told = [self._persona.say("picture_asleep", amount=self._amount(night.duration))]
        if night.visits:
            told.append(self._visits(night))
        woke = night.end.astimezone(self._zone)
        words = self._words(night.verdict or "unknown", f"{woke:%A, %B} {woke.day}", " · ".join(told))
        return draw(night, self._zone, words)

    def _words(self, title: str, day: str, told: str) -> Words:
        return Words(
            title=self._persona.say(f"picture_{title}"),
            day=day,
            told=told,
            moved=self._persona.part("picture_moved"),
            up=self._persona.part("picture_up"),
            unknown=self._persona.part("picture_not_known"),
            clock=phrases.clock,
            amount=self._amount,
        )

    def _at(self, at: datetime) -> str:
        return self._persona.say("sleep_at", clock=phrases.clock(at.astimezone(self._zone)))

    def _visits(self, night: Night) -> str:
        return self._count("sleep_visit", len(night.visits))

    def _amount(self, duration: timedelta, joint: str = " ") -> str:
        hours, minutes = divmod(duration // MINUTE, 60)
        counts = {"duration_hour": hours, "duration_minute": minutes}
        parts = [self._count(key, count) for key, count in counts.items() if count]
        return joint.join(parts) or self._count("duration_minute", 0)

    def _count(self, key: str, count: int) -> str:
        return self._persona.part(key if count == 1 else f"{key}s", count=count)
