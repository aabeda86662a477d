"""What happened in the day's home, as Home Assistant told it: what was said, done and changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, Final, Self

from ..client import Client, Event, Socket

_SAYING: Final = frozenset({"announce", "start_conversation", "ask_question"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What Athena said."""

    at: datetime
    """By the home's clock."""
    text: str
    answers: bool = False
    """Whether somebody had asked: then it has been heard when it is written down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What an entity was from then on."""

    at: datetime
    entity_id: str
    state: str
    attributes: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An action that was called."""

    at: datetime
    action: str
    data: dict[str, Any]


class Diary:
    """Events since it was opened."""

    def __init__(self, socket: Socket, zone: tzinfo) -> None:
        self.lines: list[Line] = []
        self.changes: list[Change] = []
        self.orders: list[Order] = []
        self._socket = socket
        self._zone = zone

    @classmethod
    async def open(cls, socket: Socket, zone: tzinfo) -> Self:
        """Return a diary that is written from now on."""
        for event_type in ("call_service", "state_changed"):
            await socket.subscribe(event_type)
        return cls(socket, zone)

    async def write(self) -> None:
        """Write down what has happened since the last time."""
        for event in await self._socket.events():
            at = event.at.astimezone(self._zone)
            if text := _said(event):
                self.lines.append(Line(at=at, text=text))
            if event.type == "call_service":
                told = event.data
                self.orders.append(
                    Order(at=at, action=f"{told['domain']}.{told['service']}", data=told["service_data"])
                )
            if event.type == "state_changed" and (state := event.data["new_state"]) is not None:
                change = Change(
                    at=at, entity_id=state["entity_id"], state=state["state"], attributes=state["attributes"]
                )
                self.changes.append(change)

    def add(self, at: datetime, text: str) -> None:
        """Write down a reply that was heard."""
        self.lines.append(Line(at=at, text=text, answers=True))

    def of(self, entity_id: str, since: datetime | None = None) -> Sequence[Change]:
        """Return what an entity has been."""
        return [
            change for change in self.changes if change.entity_id == entity_id and (since is None or change.at >= since)
        ]


async def zone_of(client: Client) -> str:
    """Return the name of the home's time zone."""
    return str((await client.get("/api/config"))["time_zone"])


def _said(event: Event) -> str:
    if event.type != "call_service" or event.data["service"] not in _SAYING:
        return ""
    told = event.data["service_data"]
    return str(told.get("message") or told.get("start_message") or told.get("question") or "")
