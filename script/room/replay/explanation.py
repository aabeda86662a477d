"""Why a room ordered what it did, in one plain sentence (`--explain`)."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from custom_components.athena.brain.commands import Command, WaitCancel, WaitStart
from custom_components.athena.brain.decisions import Decision
from custom_components.athena.brain.events import Event, WaitElapsed
from custom_components.athena.brain.room_state import Why

SENTENCES: Final[Mapping[Why, str]] = {
    Why.CAME_IN: "Somebody came into an empty room.",
    Why.LEFT: "Nobody has been noticed for long enough.",
    Why.ASKED: "Somebody asked for it.",
    Why.TOUCHED: "Somebody changed the lights by hand.",
    Why.FELL_ASLEEP: "Somebody has lain still in bed for long enough.",
    Why.STILL_AWAKE: "Somebody said that they are still awake.",
    Why.NIGHT_VISIT: "A sleeper got up in the night.",
    Why.BACK_IN_BED: "The sleeper is back in bed.",
    Why.GOT_UP: "The sleeper got up.",
    Why.SUNRISE: "An alarm is due soon.",
    Why.ALARM: "An alarm is due.",
    Why.ALARM_AGAIN: "The sleeper is not up after all.",
    Why.OUT_OF_BED: "The sleeper is out of bed, by two witnesses.",
    Why.UP_ALREADY: "An alarm was due, and the sleeper was up already.",
    Why.NOBODY_HOME: "An alarm was due, and nobody was home.",
    Why.BUTTON: "Somebody pressed the button.",
    Why.APP: "Somebody stopped the alarm in the app.",
    Why.CAP: "The alarm has rung for as long as it may.",
    Why.MISSED: "The alarm could not ring in time.",
    Why.NO_WITNESS: "An alarm has fewer witnesses than it should.",
    Why.UNHEARD: "Nothing in the room can make a sound.",
    Why.FORCED: "Somebody said what state the room is in.",
}


def explained(event: Event, command: Command, decisions: Iterable[Decision]) -> dict[str, Any]:
    """Return the `why`, `by` and `because` of an order, of an event and what was decided about it, the newest last."""
    match command:
        case WaitStart():
            return {"why": None, "by": [], "because": f"Something may be due at {command.due.isoformat()}."}
        case WaitCancel():
            return {"why": None, "by": [], "because": "Nothing is waited for any more."}
    decided = _decision(command, list(decisions))
    why: Why | None = getattr(command, "why", None) or (decided.why if decided else None)
    by: list[str] = list(getattr(command, "by", ()) or (decided.by if decided else ()))
    if not by and not isinstance(event, WaitElapsed):
        by = [event.source]
    if why is None and getattr(command, "urgent", False):
        return {"why": Why.ALARM, "by": [], "because": "An alarm rings, and nobody is out of bed yet."}
    if why is None:
        text = "Time has passed." if isinstance(event, WaitElapsed) else f"{event.type} asks for it."
    else:
        text = SENTENCES[why]
    return {"why": why, "by": by, "because": f"{text[:-1]} ({', '.join(by)})." if by else text}


def _decision(command: Command, decisions: list[Decision]) -> Decision | None:
    """Return what was decided about the order itself, else the last thing that was decided at that moment."""
    same = [one for one in decisions if one.what == command.type]
    return next(reversed(same or decisions), None)
