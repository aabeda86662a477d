"""`script/demo --day`: the day is played, told as it goes, and drawn."""

import contextlib
import dataclasses
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from .. import bedroom
from ..bedroom import Bedroom
from ..client import Client
from ..guest import guest
from ..home_assistant import time_zone
from ..house import House
from ..out import Out, short
from ..settings import Settings
from .diary import Diary
from .neighbours import Neighbours, neighbours
from .picture import draw
from .play import play
from .plot import BEGINS, PLOT
from .record import Record
from .stage import Stage
from .timeline import Timeline

_HERE: Final = Path(__file__).parent


async def _clock(client: Client) -> datetime:
    """Return what the clock at the wall shows."""
    told: dict[str, Any] = await client.post("/api/services/day_clock/tell?return_response")
    return datetime.fromisoformat(told["service_response"]["now"])


class Day:
    """The day, as something the demo shows."""

    def __init__(self, out: Out, *, picture: Path | None) -> None:
        self._out = out
        self._picture = picture
        self._begins = BEGINS.replace(tzinfo=ZoneInfo(time_zone()))
        self._neighbours: Neighbours

    async def prepare(self, settings: Settings, stack: contextlib.AsyncExitStack) -> Settings:
        """Start the neighbours; return a house with a clock of its own, which begins anew with every day."""
        folder = settings.folder / "day"
        self._neighbours = await stack.enter_async_context(neighbours(folder / "neighbours"))
        return dataclasses.replace(
            settings,
            folder=folder,
            components=(*settings.components, _HERE / "day_clock"),
            packages=(_HERE / "day.yaml",),
            furnish=partial(self._neighbours.furnish, self._begins + timedelta(days=1)),
            launcher=_HERE / "clock.py",
            variables=self._neighbours.variables(self._begins),
            fresh=True,
        )

    async def run(self, house: House, stack: contextlib.AsyncExitStack) -> bool:
        """Play the day; return whether all of it happened."""
        satellite = await stack.enter_async_context(guest(house, bedroom.SATELLITE_NAME, area=bedroom.SATELLITE_AREA))
        client = await stack.enter_async_context(house.home_assistant.client())
        socket = await stack.enter_async_context(client.websocket())
        begins = await _clock(client)
        stage = Stage(
            house=house,
            microphone=satellite.microphone,
            bedroom=Bedroom(client, satellite.microphone, house.home_assistant.process),
            diary=await Diary.open(socket, begins.tzinfo or UTC),
            neighbours=self._neighbours,
            begins=begins,
        )
        await stage.bedroom.do("switch.turn_on", entity_id="switch.bedroom_alarm_work")
        began = time.monotonic()
        timeline = Timeline(self._out)
        acts = []
        async for act in play(stage, PLOT):
            acts.append(act)
            timeline.tell(act)
        timeline.end(seconds=time.monotonic() - began)
        missing = [f"{act.at:%H:%M}, {act.title}: {what}" for act in acts for what in act.missing]
        for what in missing:
            self._out.complain(f"{what} did not happen; see {short(house.logs)}/")
        if self._picture is not None:
            self._picture.write_text(draw(Record.of(acts, stage)))
            self._out.tell(f"  drawn into {short(self._picture.resolve())}")
        self._out.give({"acts": [act.as_json() for act in acts]})
        return not missing

    def invitation(self) -> tuple[str, ...]:
        """Return what can be tried afterwards."""
        return (
            "Its clock shows the next morning; the action day_clock.put_forward puts it forward further.",
            "On its page Bedroom you can come in, lie down, set an alarm, and try to end it in any way but getting up.",
        )
