"""The rooms as the user set them up: one subentry each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.util import dt as dt_util

from .audio.loudspeakers import Loudspeakers
from .brain import scenes
from .brain.scene import Scene
from .brain.sensors import SensorKind
from .brain.settings import RoomSettings
from .const import (
    CONF_BED_EXIT,
    CONF_BED_LEFT,
    CONF_BED_RIGHT,
    CONF_BED_SENSORS,
    CONF_BUTTONS,
    CONF_EDGE_LETS_GO,
    CONF_LIGHTS,
    CONF_NAME,
    CONF_NOTIFY,
    CONF_PERSONS,
    CONF_POSTURE,
    CONF_POSTURE_ZONE,
    CONF_SECOND_PERSON,
    CONF_SENSORS,
    CONF_SHARED_BED,
    CONF_SLEEP_FROM,
    CONF_SLEEP_UNTIL,
    SUBENTRY_ROOM,
)
from .own_scenes import scenes_of
from .stage import Stage

TIMINGS: Final = (
    "empty_after",
    "sleep_after",
    "sleep_after_by_day",
    "awake_hold",
    "scene_hold",
    "sunrise",
    "rearm_for",
)
"""The durations of a room that a user may change, as the settings name them."""

DEFAULTS: Final = RoomSettings(room="")
"""What counts where the user says nothing."""

SIDES: Final[Mapping[str, str | None]] = {CONF_BED_SENSORS: None, CONF_BED_LEFT: "left", CONF_BED_RIGHT: "right"}
"""Where the bed sensors of a room are chosen, and which side of the bed those watch; None: all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomConfig:
    """A room, and what in Home Assistant belongs to it; all but the settings are entity ids."""

    subentry_id: str
    title: str
    settings: RoomSettings
    lights: tuple[str, ...] = ()
    """None means every light of the area."""
    sensors: tuple[str, ...] = ()
    """Of presence; none means every motion and occupancy sensor of the area."""
    beds: Mapping[str, str | None] = field(default_factory=dict)
    """The sensors of the bed, and the side that each watches; None: all of it."""
    posture: str | None = None
    """A sensor whose state is how somebody is seen."""
    posture_zone: str | None = None
    """A sensor whose state is where; None: the other one's attribute `zone` says it."""
    bed_exits: tuple[str, ...] = ()
    """Event entities that tell that the bed was left."""
    buttons: tuple[str, ...] = ()
    """Beside the bed."""
    persons: tuple[str, ...] = ()
    """Who lives here; none means everybody Home Assistant knows."""
    notify: tuple[str, ...] = ()
    """Who gets the messages about this room."""
    second_person: tuple[str, ...] = ()
    """Who gets them too when nobody gets up."""

    loudspeakers: Loudspeakers = field(default_factory=Loudspeakers, compare=False, repr=False)
    """What the orders that are to be heard know of each other."""
    stage: Stage = field(default_factory=Stage, compare=False, repr=False)
    """What Athena does with the lights just now: what the outputs and the sources of lights both have to know."""

    @property
    def room(self) -> str:
        """The HA area id, by which everything else knows the room."""
        return self.settings.room

    @property
    def scenes(self) -> dict[str, Scene]:
        """Every scene of the room by its key: those all rooms have, and the user's own."""
        return {scene.key: scene for scene in (*scenes.ALL, *self.settings.scenes)}


def rooms_of(entry: ConfigEntry[Any]) -> tuple[RoomConfig, ...]:
    """Return the rooms of the hub entry."""
    return tuple(_room_of(subentry, entry) for subentry in entry.get_subentries_of_type(SUBENTRY_ROOM))


def _room_of(subentry: ConfigSubentry, entry: ConfigEntry[Any]) -> RoomConfig:
    data, options = subentry.data, entry.options
    return RoomConfig(
        subentry_id=subentry.subentry_id,
        title=subentry.title,
        settings=_settings_of(subentry, entry),
        lights=tuple(data.get(CONF_LIGHTS, ())),
        sensors=tuple(data.get(CONF_SENSORS, ())),
        beds=_beds_of(data),
        posture=data.get(CONF_POSTURE),
        posture_zone=data.get(CONF_POSTURE_ZONE),
        bed_exits=tuple(data.get(CONF_BED_EXIT, ())),
        buttons=tuple(data.get(CONF_BUTTONS, ())),
        persons=tuple(options.get(CONF_PERSONS, ())),
        notify=tuple(data.get(CONF_NOTIFY, ())),
        second_person=tuple(data.get(CONF_SECOND_PERSON, ())),
    )


def _settings_of(subentry: ConfigSubentry, entry: ConfigEntry[Any]) -> RoomSettings:
    assert subentry.unique_id is not None  # the area id: the flow saw to it
    data = subentry.data
    given: dict[str, Any] = {timing: timedelta(**data[timing]) for timing in TIMINGS if data.get(timing)}
    likely_from, likely_until = DEFAULTS.sleep_window
    return RoomSettings(
        room=subentry.unique_id,
        name=entry.options.get(CONF_NAME) or None,
        zone=dt_util.get_default_time_zone(),
        sleep_window=(
            time.fromisoformat(data[CONF_SLEEP_FROM]) if CONF_SLEEP_FROM in data else likely_from,
            time.fromisoformat(data[CONF_SLEEP_UNTIL]) if CONF_SLEEP_UNTIL in data else likely_until,
        ),
        shared_bed=data.get(CONF_SHARED_BED, False),
        sensors=_kinds_of(data),
        scenes=scenes_of(entry, subentry.unique_id),
        **given,
    )


def _beds_of(data: Mapping[str, Any]) -> dict[str, str | None]:
    return {sensor: side for key, side in SIDES.items() for sensor in data.get(key, ())}


def _kinds_of(data: Mapping[str, Any]) -> dict[str, SensorKind]:
    """Return what the chosen sensors are; those of presence tell it themselves, by their device class."""
    kinds = dict.fromkeys(_beds_of(data), SensorKind.PAD if data.get(CONF_EDGE_LETS_GO) else SensorKind.MAT)
    kinds |= dict.fromkeys(data.get(CONF_BUTTONS, ()), SensorKind.BUTTON)
    if posture := data.get(CONF_POSTURE):
        kinds[posture] = SensorKind.CAMERA
    return kinds
