"""Somebody who sleeps in the bedroom and is woken there: what they do, and what is to be seen and heard of it."""

import wave
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from .client import Client, Event
from .home import BED_MAT, MOTION, POSTURE, ZONE
from .microphone import Microphone
from .processes import Process, until
from .recording import is_sound

ROOM: Final = "bedroom"
SATELLITE_NAME: Final = "Bedroom satellite"
SATELLITE_AREA: Final = "Bedroom"
RINGING: Final = "binary_sensor.bedroom_ringing"
ALARM_EVENT: Final = "event.bedroom_alarm"
BED_EXIT: Final = "event.bedroom_bed_exit"
LIGHT: Final = "light.bedroom_light"
OTHER_LIGHT: Final = "light.bedroom_reading_light"

_SECONDS: Final = 60.0
_CHIME: Final = 3.0
"""Seconds of the alarm's sound."""
_LEAD: Final = 3.0
"""How many seconds before it rings the alarm is set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waking:
    """What one alarm did; the moments are aware UTC."""

    set_at: datetime
    due: datetime
    rang_at: datetime
    heard_at: datetime
    """When the satellite had played the chime."""
    line: str
    up_at: datetime
    stopped_at: datetime
    by: tuple[str, ...]
    """Who testified that the bed was left."""
    greeting: str
    greeted_at: datetime

    def ms(self, at: datetime) -> int:
        """Return a moment as milliseconds since the alarm was set."""
        return round((at - self.set_at) / timedelta(milliseconds=1))

    def as_json(self) -> dict[str, Any]:
        """Return what a program wants to know; times in milliseconds since the alarm was set."""
        moments = {name: getattr(self, f"{name}_at") for name in ("rang", "heard", "up", "stopped", "greeted")}
        steps = {"due": self.ms(self.due), **{name: self.ms(at) for name, at in moments.items()}}
        return {"steps": steps, "line": self.line, "by": list(self.by), "greeting": self.greeting}


class Bedroom:
    """The bedroom, as one user of Home Assistant plays somebody in it."""

    def __init__(self, client: Client, microphone: Microphone, home_assistant: Process) -> None:
        self._client = client
        self._microphone = microphone
        self._processes = [home_assistant]

    # ---- what somebody does

    async def lie_down(self) -> None:
        """Lie down on the mat, in the dark: the camera sees nobody."""
        await self.do("input_select.select_option", entity_id=POSTURE, option="nobody")
        await self.do("input_boolean.turn_on", entity_id=BED_MAT)

    async def stand_up(self) -> None:
        """Leave the bed and stand beside it."""
        await self.do("input_boolean.turn_off", entity_id=BED_MAT)
        await self.do("input_select.select_option", entity_id=ZONE, option="floor")
        await self.do("input_select.select_option", entity_id=POSTURE, option="standing")

    async def move(self) -> None:
        """Move about in the room."""
        await self.do("input_boolean.turn_on", entity_id=MOTION[ROOM])

    async def leave(self) -> None:
        """Be gone, with nothing that rings or is set but the alarm that the home has by itself; all lights off."""
        if (await self.told(RINGING))["state"] == "on":
            await self.do("athena.stop_alarm", room=ROOM, confirmation=True)
        for alarm in (await self.ask("athena.list_alarms", room=ROOM))["alarms"]:
            if alarm["id"] != "work":
                await self.do("athena.delete_alarm", room=ROOM, id=alarm["id"])
        await self.do("input_boolean.turn_off", entity_id=[MOTION[ROOM], BED_MAT])
        await self.do("input_select.select_option", entity_id=POSTURE, option="nobody")
        await self.do("athena.set_room_state", room=ROOM, state="empty")
        await self.do("light.turn_off", entity_id=[LIGHT, OTHER_LIGHT])

    async def set_alarm(self, seconds: float) -> datetime:
        """Set an alarm that rings once, so soon and without a sunrise; return when that is."""
        zone = ZoneInfo((await self._client.get("/api/config"))["time_zone"])
        at = datetime.now(zone) + timedelta(seconds=seconds)
        told = await self.ask("athena.set_alarm", room=ROOM, time=f"{at:%H:%M:%S}", profile="firm")
        return datetime.fromisoformat(told["next"]).astimezone(UTC)

    async def wake_up(self) -> Waking:
        """Go to bed, be woken in a moment, and get up."""
        async with self._client.websocket() as socket:
            for event_type in ("call_service", "state_changed"):
                await socket.subscribe(event_type)
            await self.lie_down()
            set_at = datetime.now(UTC)
            due = await self.set_alarm(_LEAD)
            await self.until_state(RINGING, "on")
            heard_at = await self.until_heard(due, _is_chime)
            up_at = datetime.now(UTC)
            await self.stand_up()
            await self.until_state(RINGING, "off")
            seen: list[Event] = []

            async def greeting() -> Event | None:
                seen.extend(await socket.events())
                return next((event for event in seen if event.at >= up_at and _said(event)), None)

            greeted = await until("a good morning", greeting, within=_SECONDS, processes=self._processes)
            greeted_at = await self.until_heard(greeted.at)
        happened = [event for event in seen if event.type == "state_changed" and event.data["new_state"] is not None]
        alarm = {_kind(event): event.at for event in happened if event.data["entity_id"] == ALARM_EVENT}
        [exit_] = [event.data["new_state"] for event in happened if event.data["entity_id"] == BED_EXIT]
        return Waking(
            set_at=set_at,
            due=due,
            rang_at=alarm["ringing"],
            heard_at=heard_at,
            line=next(line for event in seen if event.at >= due and (line := _said(event))),
            up_at=up_at,
            stopped_at=alarm["stopped"],
            by=tuple(exit_["attributes"]["by"]),
            greeting=_said(greeted),
            greeted_at=greeted_at,
        )

    # ---- what is to be seen and heard

    async def do(self, action: str, **data: Any) -> None:
        """Have an action done."""
        await self._client.post(f"/api/services/{action.replace('.', '/')}", data)

    async def ask(self, action: str, **data: Any) -> dict[str, Any]:
        """Return what an action answers."""
        told = await self._client.post(f"/api/services/{action.replace('.', '/')}?return_response", data)
        answer: dict[str, Any] = told["service_response"]
        return answer

    async def told(self, entity_id: str) -> dict[str, Any]:
        """Return all that an entity tells."""
        state: dict[str, Any] = await self._client.get(f"/api/states/{entity_id}")
        return state

    async def until_state(self, entity_id: str, state: str) -> dict[str, Any]:
        """Wait until an entity has a state, and return all that it tells."""

        async def found() -> dict[str, Any] | None:
            told = await self.told(entity_id)
            return told if told["state"] == state else None

        return await until(f"{entity_id} being {state}", found, within=_SECONDS, processes=self._processes)

    async def until_heard(self, since: datetime, is_it: Callable[[Path], bool] = is_sound) -> datetime:
        """Wait until the satellite has played a sound to its end, and return when that was."""

        async def heard() -> datetime | None:
            return next((at for file, at in self._microphone.played(since).items() if is_it(file)), None)

        return await until("the satellite playing it", heard, within=_SECONDS, processes=self._processes)


def _is_chime(file: Path) -> bool:
    """Return whether it is long enough for the alarm's sound: a line is shorter."""
    with wave.open(str(file), "rb") as played:
        return played.getnframes() >= _CHIME * played.getframerate()


def _kind(event: Event) -> str:
    return str(event.data["new_state"]["attributes"].get("event_type"))


def _said(event: Event) -> str:
    """Return what a satellite is told to say; nothing where an event tells of something else."""
    if event.type != "call_service" or event.data["service"] != "announce":
        return ""
    return str(event.data["service_data"].get("message") or "")
