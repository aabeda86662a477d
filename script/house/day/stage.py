"""Where the day is played: what somebody can do there, and what is to be seen and heard."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from ..bedroom import Bedroom
from ..home import POSTURE, ZONE
from ..house import House
from ..microphone import Microphone
from ..processes import until
from ..recording import read, write_joined
from ..settings import ROOT
from .diary import Diary, Line
from .neighbours import Neighbours, Shown

HEY_JARVIS: Final = ROOT / "wyoming_servers" / "tests" / "audio" / "rms_hey_jarvis.wav"
ROOM_STATE: Final = "sensor.bedroom_state"
_HERE: Final = Path(__file__).parent
_PAUSE_SECONDS: Final = 0.225
_SLACK: Final = timedelta(seconds=0.5)
"""How exactly the two clocks are compared."""
_TURN_SECONDS: Final = 20.0
_DEAF_SECONDS: Final = 2.0
"""How long the wake word is not looked for again once it was found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What the strip looked like."""

    at: datetime
    brightness: int
    """In percent."""
    colour: str
    """#RRGGBB, as bright as it can be."""


class Stage:
    """The bedroom, the devices in it, and the clock at the wall."""

    def __init__(
        self,
        *,
        house: House,
        microphone: Microphone,
        bedroom: Bedroom,
        diary: Diary,
        neighbours: Neighbours,
        begins: datetime,
    ) -> None:
        self.bedroom = bedroom
        self.diary = diary
        self.neighbours = neighbours
        self.microphone = microphone
        self.samples: list[Sample] = []
        """Of the strip, in order."""
        self._house = house
        self._begins, self._began_at = begins, datetime.now(UTC)
        self._jumped = timedelta()
        self._jumps: list[tuple[datetime, timedelta]] = []
        """What the clock at the wall showed after each jump, and by how much it was ahead then."""
        self._shining_since: tuple[tuple[str, int], timedelta] | None = None

    # ---- the clock

    def now(self) -> datetime:
        """Return what the clock at the wall shows, aware."""
        return self._begins + (datetime.now(UTC) - self._began_at) + self._jumped

    async def put_forward(self, to: datetime) -> None:
        """Put the clock forward; where it shows more already, leave it: it is never put back."""
        ahead = to - self.now()
        if ahead > timedelta():
            await self._look_ahead(to)
            await self.bedroom.do("day_clock.put_forward", to=to.isoformat())
            self._jumped += ahead
            self._jumps.append((to, self._jumped))

    # ---- what somebody does

    async def say(self, text: str) -> str:
        """Say the wake word and a recorded sentence into the satellite's microphone; return what was understood.

        What is answered is in the diary then, where it was heard. Raises TooLateError.
        """
        request = self._house.logs.parent / "request.wav"
        write_joined(request, HEY_JARVIS, _HERE / f"{text.replace(' ', '_')}.wav", pause=_PAUSE_SECONDS)
        began_at = datetime.now(UTC)
        steps = await self.microphone.turn(read(request))
        told = {step.name: step.details.get("text") for step in steps}
        reply = told.get("synthesize") or told.get("spoken")
        if reply is not None and self.microphone.sounds(began_at):
            self.diary.add(self.now(), str(reply))
        return str(told.get("transcript") or "")

    async def hush(self) -> None:
        """Say the wake word to a timer that rings."""
        began_at = datetime.now(UTC)
        await self.microphone.speak([read(HEY_JARVIS)])
        await self.microphone.until_step("silenced", began_at, _TURN_SECONDS)
        await asyncio.sleep(_DEAF_SECONDS)

    async def be(self, posture: str, zone: str) -> None:
        """Be seen by the camera in a posture and a place."""
        await self.bedroom.do("input_select.select_option", entity_id=ZONE, option=zone)
        await self.bedroom.do("input_select.select_option", entity_id=POSTURE, option=posture)

    # ---- what is to be seen

    async def strip(self) -> Shown:
        """Return what the strip shows by the clock at the wall, which is ahead of the strip's own."""
        shown = await self.neighbours.strip.shown()
        kind = (shown.effect, shown.state["seg"][0]["sx"])
        if self._shining_since is None or self._shining_since[0] != kind:
            self._shining_since = kind, self._jumped
        if ahead := self._jumped - self._shining_since[1]:
            shown = await self.neighbours.strip.shown(ahead.total_seconds())
        self._keep(self.now(), shown)
        return shown

    async def _look_ahead(self, to: datetime) -> None:
        """Keep what the strip shows now, and what it will have come to by itself at a moment."""
        await self.strip()
        since = self._jumped if self._shining_since is None else self._shining_since[1]
        ahead = self._jumped - since + (to - self.now())
        self._keep(to, await self.neighbours.strip.shown(ahead.total_seconds()))

    def _keep(self, at: datetime, shown: Shown) -> None:
        self.samples.append(Sample(at=at, brightness=shown.brightness, colour=shown.colour))

    async def state(self, entity_id: str) -> str:
        """Return the state of an entity."""
        return str((await self.bedroom.told(entity_id))["state"])

    def has_heard(self, line: Line) -> bool:
        """Return whether the satellite has played a line to its end."""
        if line.answers:
            return True
        since = self._real(line.at) - _SLACK
        steps = self.microphone.trace.since(since)
        began = next((step.at for step in steps if step.name == "first_audio"), None)
        return began is not None and any(at >= began for at in self.microphone.sounds(since))

    def _real(self, at: datetime) -> datetime:
        """Return when this machine's clock showed what the clock at the wall did."""
        jumped = max((jump for since, jump in self._jumps if since <= at), default=timedelta())
        return self._began_at + (at - self._begins) - jumped

    async def until[T](self, what: str, condition: Callable[[], Awaitable[T | None]], within: float) -> T:
        """Wait for something; raises TooLateError."""
        return await until(what, condition, within=within, processes=self._house.processes)
