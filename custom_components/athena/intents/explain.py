"""Why did the lights come on? Why did the alarm ring? What happened?"""

from collections.abc import Iterable
from typing import Any, override

import probatio as vol
from homeassistant.helpers import intent

from ..brain import phrases
from ..brain.decisions import Decision
from ..brain.reasons import because
from ..brain.room import Room
from ..brain.room_state import Why
from ..room_intent import RoomIntentHandler
from ..rooms import RoomConfig


class ExplainIntent(RoomIntentHandler):
    """Say why the lights are as they are, why an alarm did what it did, or what was done last."""

    intent_type = "AthenaExplain"
    description = "Tells why Athena changed the lights of a room, why an alarm rang, stopped or stayed silent"
    is_question = True

    @property
    @override
    def slot_schema(self) -> dict[vol.Marker, object]:
        return {
            vol.Optional("power"): vol.In(("on", "off")),
            vol.Optional("alarm"): vol.In(("rang", "stopped", "silent")),
            **super().slot_schema,
        }

    @override
    async def async_handle_room(self, intent_obj: intent.Intent, room: RoomConfig, slots: dict[str, Any]) -> str:
        knows = self.runtime.room(room.room)
        if "alarm" in slots:
            decision = _of_alarm(knows.decisions, slots["alarm"])
        elif "power" in slots:
            decision = _of_lights(knows, slots["power"])
        else:
            decision = knows.decisions[-1] if knows.decisions else None
        if decision is None:
            return phrases.NOT_MINE if "power" in slots else phrases.NOTHING_HAPPENED
        return because(decision, knows)


def _of_alarm(decisions: Iterable[Decision], did: str) -> Decision | None:
    newest = reversed(tuple(decisions))
    if did == "silent":
        return next((one for one in newest if one.why in (Why.NOBODY_HOME, Why.UP_ALREADY, Why.MISSED)), None)
    what = "alarm.start" if did == "rang" else "alarm.stop"
    return next((one for one in newest if one.what == what), None)


def _of_lights(room: Room, power: str) -> Decision | None:
    """Return what made the lights so; None where they are not as Athena left them."""
    cause = room.cause
    if cause is None or cause.scene is None:
        return cause  # whoever changed them did either
    scene = room.scenes.get(cause.scene)
    lit = cause.scene == "sunrise" or (scene is not None and scene.is_light)
    return cause if lit is (power == "on") else None
