"""The day: what somebody does, when, and what has to come of it."""

from datetime import UTC, datetime, timedelta
from typing import Final

from ..bedroom import ROOM
from ..home import BED_MAT, MOTION
from .acts import Expected, Planned
from .expectations import (
    becomes,
    plug,
    rings,
    satellite_does,
    says,
    stops,
    strip_fades,
    strip_plays,
    strip_rises,
    strip_shows,
)
from .neighbours import EVENT
from .stage import Stage

BEGINS: Final = datetime(2026, 11, 16, 17, 56)  # noqa: DTZ001 (in the home's zone, a Monday)

_RECORD_PLAYER: Final = "Record Player"


def _spoken(at: str, text: str, *expects: Expected) -> Planned:
    async def do(stage: Stage) -> str:
        return await stage.say(text)

    return Planned(at=at, title=f"says “{text}”", do=do, expects=expects)


async def _move(stage: Stage, *, on: bool) -> None:
    await stage.bedroom.do(f"input_boolean.turn_{'on' if on else 'off'}", entity_id=MOTION[ROOM])


async def _come_in(stage: Stage) -> str:
    await _move(stage, on=True)
    await stage.be("sitting", "desk")
    return ""


async def _silence(stage: Stage) -> str:
    """Let the timer ring, and say the wake word."""
    began_at = datetime.now(UTC)
    await stage.microphone.until_step("timer", began_at)
    await stage.hush()
    return ""


async def _lie_down(stage: Stage) -> str:
    await stage.be("lying", "bed")
    await stage.bedroom.do("input_boolean.turn_on", entity_id=BED_MAT)
    await _move(stage, on=False)
    return ""


async def _watch_the_sun(stage: Stage) -> str:
    """Look at the strip once a minute."""
    for _ in range(11):
        await stage.put_forward(stage.now() + timedelta(minutes=1))
        await stage.strip()
    return ""


async def _nothing(_stage: Stage) -> str:
    return ""


async def _sit_up(stage: Stage) -> str:
    """Sit on the bed for a whole round of the alarm: it does not end by that."""
    sat_up_at = datetime.now(UTC) + timedelta(seconds=1)
    await stage.be("sitting", "bed")
    await stage.bedroom.until_heard(sat_up_at)
    return ""


async def _get_up(stage: Stage) -> str:
    await stage.bedroom.do("input_boolean.turn_off", entity_id=BED_MAT)
    await stage.be("standing", "floor")
    return ""


async def _leave(stage: Stage) -> str:
    await stage.be("nobody", "floor")
    await _move(stage, on=False)
    return ""


PLOT: Final = (
    Planned(
        at="17:58:00",
        title="comes in",
        do=_come_in,
        expects=(
            becomes("occupied"),
            strip_plays("Colorwaves", "golden shimmer"),
            says("Welcome back, Arman."),
            strip_shows(70, "honey gold"),
        ),
    ),
    _spoken("18:05:00", "focus mode", says("Focus mode."), strip_shows(100, "cool white")),
    _spoken("18:10:00", "turn on the record player", says("Record Player on."), plug(_RECORD_PLAYER, on=True)),
    _spoken("18:20:00", "set a timer for ten minutes", says("Timer set for 10 minutes.")),
    Planned(
        at="18:30:03",
        title="the timer rings, and is hushed",
        do=_silence,
        expects=(satellite_does("timer", "satellite: rings"), satellite_does("silenced", "")),
    ),
    _spoken("22:25:00", "turn off the record player", says("Record Player off."), plug(_RECORD_PLAYER, on=False)),
    _spoken("22:30:00", "night mode", says("Night mode."), strip_shows(30, "amber")),
    Planned(at="23:00:00", title="lies down", do=_lie_down, expects=(becomes("occupied"),)),
    Planned(
        at="23:10:01",
        title="sleeps",
        do=_nothing,
        expects=(becomes("sleep"), strip_fades(30)),
    ),
    Planned(
        at="06:48:01",
        title="the sun rises indoors",
        do=_watch_the_sun,
        expects=(becomes("sleep"), strip_rises(50)),
    ),
    Planned(
        at="07:00:00",
        title="the alarm rings",
        do=_nothing,
        expects=(rings(), says("Arman, wake up now.")),
    ),
    Planned(at="07:00:30", title="sits up", do=_sit_up, expects=(rings(),)),
    Planned(
        at="07:01:00",
        title="gets out of bed",
        do=_get_up,
        expects=(stops(), says("Good morning, Arman."), says(f"the briefing with {EVENT}", pattern=f".*{EVENT}.*")),
    ),
    Planned(at="08:15:00", title="leaves", do=_leave, expects=(becomes("occupied"),)),
    Planned(
        at="08:35:01",
        title="has gone",
        do=_nothing,
        expects=(becomes("empty"), says("Goodbye."), strip_fades(4)),
    ),
)
"""In order."""
