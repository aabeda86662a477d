"""Waiting until the states show something."""

import asyncio
from collections.abc import Mapping

from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers.event import async_track_state_change_event

from .expectations import Shows


@callback
def lagging(hass: HomeAssistant, wanted: Mapping[str, Shows]) -> list[str]:
    """Return the entities whose states do not show what is wanted of them."""
    return [
        entity for entity, shows in wanted.items() if (state := hass.states.get(entity)) is None or not shows(state)
    ]


async def async_lagging(hass: HomeAssistant, wanted: Mapping[str, Shows], seconds: float) -> list[str]:
    """Return the entities whose states do not show it within `seconds`; at once where all do already."""
    if not (late := lagging(hass, wanted)):
        return []
    changed = asyncio.Event()

    @callback
    def look(_event: Event[EventStateChangedData]) -> None:
        if not lagging(hass, wanted):
            changed.set()

    stop = async_track_state_change_event(hass, list(wanted), look)
    try:
        async with asyncio.timeout(seconds):
            await changed.wait()
    except TimeoutError:
        late = lagging(hass, wanted)
    else:
        late = []
    finally:
        stop()
    return late
