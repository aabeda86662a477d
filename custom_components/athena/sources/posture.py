"""A sensor that says how somebody is seen, and where: a camera's, a radar's, one made by a template."""

import math
from dataclasses import replace
from typing import Any, Final, override

from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, State
from homeassistant.util import dt as dt_util

from ..brain.events import Posture, PostureUpdate, SensorLost, VisionLost
from ..brain.sensors import SensorKind
from ..rooms import RoomConfig
from ..source import Emit, Source
from .watching import async_watch, can_tell

ATTR_ZONE: Final = "zone"
ATTR_CONFIDENCE: Final = "confidence"
ATTR_MOTION: Final = "motion"

POSTURES: Final = frozenset(Posture)

type Seen = PostureUpdate | VisionLost | SensorLost


class PostureSource(Source):
    """Tells posture and zone together; where either is not known, that nobody can be told, which never means "out"."""

    @override
    async def async_start(self, hass: HomeAssistant, room: RoomConfig, emit: Emit) -> CALLBACK_TYPE:
        last: Seen | None = None

        def watcher(_entity_id: str, _now: State | None, _before: State | None) -> None:
            nonlocal last
            assert room.posture is not None  # else nothing is watched
            seen = _seen(hass, room, room.posture)
            if last is None or replace(seen, at=last.at) != last:
                last = seen
                emit(seen)

        if room.posture is None:
            return await async_watch(hass, (), watcher)
        zone = () if room.posture_zone is None else (room.posture_zone,)
        return await async_watch(hass, (room.posture, *zone), watcher, attributes=True)


def _seen(hass: HomeAssistant, room: RoomConfig, posture_sensor: str) -> Seen:
    """Return what the sensor says now, together with the one that tells the zone."""
    at = dt_util.utcnow()
    state = hass.states.get(posture_sensor)
    if state is None or state.state == STATE_UNAVAILABLE:
        return SensorLost(room=room.room, at=at, source=posture_sensor, kind=SensorKind.CAMERA)
    posture = state.state.strip().lower()
    zone = _zone(hass, state, room.posture_zone)
    if posture not in POSTURES or not zone:
        return VisionLost(room=room.room, at=at, source=posture_sensor)
    return PostureUpdate(
        room=room.room,
        at=at,
        source=posture_sensor,
        posture=Posture(posture),
        zone=zone,
        confidence=_share(state.attributes.get(ATTR_CONFIDENCE), 1.0),
        motion=_share(state.attributes.get(ATTR_MOTION), 0.0),
    )


def _zone(hass: HomeAssistant, state: State, zone_sensor: str | None) -> str:
    """Return where somebody is seen; nothing where that is not known."""
    if zone_sensor is None:
        return str(state.attributes.get(ATTR_ZONE) or "").strip().lower()
    where = hass.states.get(zone_sensor)
    return where.state.strip().lower() if where is not None and can_tell(where) else ""


def _share(value: Any, otherwise: float) -> float:
    """Return a number from 0 to 1; percent are taken for what they are, and what is no number for `otherwise`."""
    try:
        share = float(value)
    except TypeError, ValueError:
        return otherwise
    if not math.isfinite(share):
        return otherwise
    return min(1.0, max(0.0, share / 100 if share > 1 else share))
