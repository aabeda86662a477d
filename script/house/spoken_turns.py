"""What the demo shows unless it is asked for more: a spoken request, and an alarm that ends out of bed."""

import contextlib
from collections.abc import Sequence

from .bedroom import SATELLITE_AREA, SATELLITE_NAME, Bedroom, Waking
from .demo import started
from .guest import guest
from .house import House
from .out import Out, short
from .recording import Recording
from .settings import Settings
from .table import lines_of, lines_of_waking
from .turn import Turn


class SpokenTurns:
    """Recordings spoken into the satellite's microphone, and what came of each."""

    def __init__(self, recordings: Sequence[Recording], out: Out, *, alarm: bool) -> None:
        self._recordings = recordings
        self._out = out
        self._alarm = alarm

    async def prepare(self, settings: Settings, stack: contextlib.AsyncExitStack) -> Settings:  # noqa: ARG002
        """Return the house as it is asked for."""
        return settings

    async def run(self, house: House, stack: contextlib.AsyncExitStack) -> bool:
        """Speak, show the turns and the alarm; return whether every turn did all of it."""
        self._out.tell(f"Speaking {', '.join(one.path.name for one in self._recordings)} …")
        turns = await house.say(self._recordings)
        self._show(house, turns)
        waking = await self._wake_up(house, stack) if self._alarm else None
        every = {} if len(turns) == 1 else {"turns": [turn.as_json() for turn in turns]}
        alarm = {} if waking is None else {"alarm": waking.as_json()}
        self._out.give({**turns[-1].as_json(), **every, **alarm})
        return all(turn.missing is None for turn in turns)

    def invitation(self) -> tuple[str, ...]:
        """Return what the rooms of the house can be tried with."""
        return (
            "Its Living Room shows the lamp, and the state Athena sees the room in.",
            "Switch on “Somebody moves” there, and Athena greets whoever came in.",
            "On its page Bedroom you can lie down, set an alarm, and try to end it in any way but getting up.",
        )

    def _show(self, house: House, turns: Sequence[Turn]) -> None:
        for turn in turns:
            for line in lines_of(turn):
                self._out.tell(line)
            if turn.times.first_audio is not None:
                self._out.tell(
                    f"  first sound {turn.times.first_audio.timestamp() - started():.1f} s after the command"
                )
            if turn.missing is not None:
                what, log = turn.missing
                self._out.complain(f"{what}; see {short(house.logs / f'{log}.log')}")

    async def _wake_up(self, house: House, stack: contextlib.AsyncExitStack) -> Waking:
        """Show an alarm, through a satellite that stays in the bedroom until the demo ends."""
        self._out.tell("In the bedroom somebody lies down, with an alarm that is due in a moment …")
        satellite = await stack.enter_async_context(guest(house, SATELLITE_NAME, area=SATELLITE_AREA))
        client = await stack.enter_async_context(house.home_assistant.client())
        waking = await Bedroom(client, satellite.microphone, house.home_assistant.process).wake_up()
        for line in lines_of_waking(waking):
            self._out.tell(line)
        return waking
