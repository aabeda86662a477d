"""In which room: asked after an intent of Athena's own that no room was named for."""

from dataclasses import replace
from typing import Final

from ..brain import phrases
from ..deed import Request
from .home import Home
from .reading import Option, Plan, Which
from .reply import Reply

MOST: Final = 8
"""Rooms between which somebody chooses; of more only the line is said."""


def which_room(plan: Plan, reply: Reply, home: Home) -> Which | None:
    """Return the question that is open after a plan was carried out; None where its room was known, or is no choice."""
    rooms = [area for area in home.areas.values() if area.is_room]
    match plan.steps:
        case (Request() as request,) if reply.speech == phrases.WHICH_ROOM and 2 <= len(rooms) <= MOST:
            options = [
                Option(
                    names=room.names,
                    reading=replace(plan, steps=(replace(request, slots={**request.slots, "area": room.id}),)),
                )
                for room in rooms
            ]
            return Which(question=reply.speech, options=tuple(options))
    return None
