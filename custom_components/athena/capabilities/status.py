"""Status: the lights, the scene and the time (PRD §7: "Lights on. Night mode. 11:43 PM.")."""

from typing import ClassVar, Final, override

from homeassistant.const import STATE_ON
from homeassistant.util import dt as dt_util

from ..areas import lights_in
from ..brain import phrases
from ..brain.scenes import FOCUS, NIGHT
from ..companion.capability import Capability
from ..companion.wish import Asked, Wish
from ..rooms import RoomConfig

CHOSEN: Final = (FOCUS, NIGHT)
"""The scenes of every room that somebody asks for by name; the others come by themselves, and are no news."""


class Status(Capability):
    """Tell how the room is, in one breath."""

    key: ClassVar = "status"
    sentences: ClassVar = {
        "AthenaStatus": (
            "status",
            {
                "metadata": {"sampled": False},
                "sentences": [
                    "[<ask>(give|tell) me ][the |a |your |my ][quick ]"
                    "(status|status report|status update|status check|room status|report)<at_now>",
                    "(what is|what's|how is|how's) (the|your|our|my) status<at_now>",
                    "[<ask>(give|tell) me |what is |what's ][the ](status|state) (of|in) (the|my|our|this)"
                    " room<at_now>",
                    "(how is|how's) (the|my|our|this) room[ doing| looking]<at_now>",
                    "(how|what) does (the|my|our|this) room look[ like]<at_now>",
                    "(what is|what's) (the|my|our|this) room like<at_now>",
                    "(how is|how's) everything[ going| here| in here]<at_now>",
                    "how are (things|we doing)[ here| in here]<at_now>",
                    "(what|which) mode (are we in|am i in|is it|is on|is set|is the room in)<at_now>",
                ],
            },
        )
    }
    lines: ClassVar = {"status_lights_on": "Lights on.", "status_lights_off": "Lights off."}

    @override
    def wishes(self) -> tuple[Wish, ...]:
        return (
            Wish(
                intent="AthenaStatus",
                description="Tells whether the lights are on, which scene is set, and what time it is",
                fulfil=self._tell,
                is_question=True,
                needs_room=False,
            ),
        )

    async def _tell(self, asked: Asked) -> str:
        rooms = [asked.room] if asked.room is not None else list(self.desk.rooms.values())
        told = [self.persona.say("status_lights_on" if any(map(self._is_lit, rooms)) else "status_lights_off")]
        told += self._of_room(asked.room) if asked.room is not None else map(self._who_is_in, rooms)
        return " ".join([*told, f"{phrases.clock(dt_util.now())}."])

    def _of_room(self, room: RoomConfig) -> list[str]:
        known = self.desk.room(room)
        scene = known.scenes.get(known.scene or "")
        if scene is None or (scene.name is None and scene not in CHOSEN):
            return []
        return [scene.line if scene.name is None else f"{scene.name}."]

    def _who_is_in(self, room: RoomConfig) -> str:
        return self.persona.say(f"room_is_{self.desk.room(room).state.lower()}", room=room.title)

    def _is_lit(self, room: RoomConfig) -> bool:
        hass = self.desk.hass
        return any(hass.states.is_state(light, STATE_ON) for light in lights_in(hass, room))
