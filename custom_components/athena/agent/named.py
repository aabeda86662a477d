"""What this home has that Athena's sentences name."""

from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import intent

from ..runtime import Runtime
from . import home
from .sentences import NOTHING, Home, Things

SHOPPING: Final = "HassShoppingListAddItem"
"""Handled only where Home Assistant keeps its own shopping list."""


@callback
def home_of(
    hass: HomeAssistant, runtime: Runtime, speaker_area: ar.AreaEntry | None = None, things: Things = NOTHING
) -> Home:
    """Return what this home has that sentences name; what rings elsewhere than where the speaker is, does not count."""
    registry = ar.async_get(hass)
    areas = [area for room in runtime.rooms if (area := registry.async_get_area(room)) is not None]
    names = [(name, area.id) for area in areas for name in (area.name, *sorted(area.aliases))]
    own = {scene.name: scene.key for room in runtime.rooms.values() for scene in room.scenes.values() if scene.name}
    rings = {room for room in runtime.rooms if runtime.room(room).waking}
    ringing = bool(rings) if speaker_area is None else speaker_area.id in rings
    return Home(
        areas=names,
        scenes=list(own.items()),
        ringing=ringing,
        things=things,
        here=speaker_area.name if speaker_area is not None else None,
        shopping=any(handler.intent_type == SHOPPING for handler in intent.async_get(hass)),
    )


SWITCHES: Final = frozenset(
    {"switch", "input_boolean", "fan", "light", "script", "scene", "automation", "media_player"}
)


def things_of(of: home.Home) -> Things:
    """Return the things of a home by the names that sentences use."""

    def called(domain: str) -> list[tuple[str, str]]:
        return [(name, one.names[0]) for one in of.entities.values() if one.domain == domain for name in one.names]

    return Things(
        places=[(name, area.names[0]) for area in of.areas.values() for name in area.names],
        to_do_lists=called("todo"),
        players=called("media_player"),
        forecasts=called("weather"),
        vacuums=called("vacuum"),
        names=frozenset(name.casefold() for one in of.entities.values() for name in one.names)
        - {name.casefold() for area in of.areas.values() for name in area.names},
        switches=frozenset(
            name.casefold() for one in of.entities.values() if one.domain in SWITCHES for name in one.names
        ),
    )
