"""What a user has to mend: told in Home Assistant's repairs, each matter once, late rather than too often."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from homeassistant.components import persistent_notification
from homeassistant.components.assist_satellite import DOMAIN as ASSIST_SATELLITE_DOMAIN
from homeassistant.components.binary_sensor import DOMAIN as BINARY_SENSOR_DOMAIN
from homeassistant.components.button import DOMAIN as BUTTON_DOMAIN
from homeassistant.components.homeassistant.exposed_entities import KNOWN_ASSISTANTS, async_should_expose
from homeassistant.components.input_button import DOMAIN as INPUT_BUTTON_DOMAIN
from homeassistant.components.media_player import DOMAIN as MEDIA_PLAYER_DOMAIN
from homeassistant.components.media_player.const import MediaPlayerEntityFeature
from homeassistant.const import ATTR_SUPPORTED_FEATURES, STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant, callback, split_entity_id
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util

from .areas import entities_in, shows_presence
from .brain.house import House
from .brain.room import Room
from .const import DOMAIN
from .rooms import RoomConfig
from .silences import Silences

CHECK_EVERY: Final = timedelta(minutes=10)

LASTS: Final = timedelta(hours=1)
"""A matter that is over sooner is nobody's business: Home Assistant starts, a router does, a battery is changed."""

LOST_FOR: Final = timedelta(hours=24)

NO_WITNESS: Final = "no_witness"
LOST_SENSORS: Final = "lost_sensors"
MISSING_ENTITIES: Final = "missing_entities"
UNHEARD: Final = "unheard"
NO_LOUDSPEAKER: Final = "no_loudspeaker"
MISSING_AREA: Final = "missing_area"
SPOKEN_BUTTON: Final = "spoken_button"
KINDS: Final = frozenset(
    {NO_WITNESS, LOST_SENSORS, MISSING_ENTITIES, UNHEARD, NO_LOUDSPEAKER, MISSING_AREA, SPOKEN_BUTTON}
)

AT_ONCE: Final = timedelta()


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """Something about a room that only a person can mend."""

    kind: str
    """Names the sentences that tell a user."""
    room: RoomConfig
    entities: tuple[str, ...] = ()
    """What it is about."""
    lasts: timedelta = LASTS
    """For so long it must be so before anybody is told."""
    severity: ir.IssueSeverity = ir.IssueSeverity.WARNING

    @property
    def issue(self) -> str:
        """The id: one for a kind and a room, so that whoever ignores it is asked no more."""
        return f"{self.kind}_{self.room.room}"


class Health:
    """Looks a house over now and then."""

    def __init__(self, hass: HomeAssistant, rooms: Mapping[str, RoomConfig], house: House) -> None:
        self._hass = hass
        self._rooms = rooms
        self._house = house
        self._since: dict[str, datetime] = {}
        self._silences = Silences(hass)

    async def async_restore(self) -> None:
        """Take up what can only be known over restarts."""
        await self._silences.async_restore()

    @callback
    def check(self, _now: datetime | None = None) -> None:
        """Tell what has to be mended, and take back what has been."""
        now = dt_util.utcnow()
        sensors = {sensor for room in self._rooms.values() for sensor in sensors_of(self._hass, room)}
        silent = ((sensor, _silent_since(self._hass, sensor)) for sensor in sorted(sensors))
        self._silences.take_in({sensor: since for sensor, since in silent if since is not None})
        matters = {matter.issue: matter for room in self._rooms.values() for matter in self._matters_of(room)}
        self._since = {issue: self._since.get(issue, now) for issue in matters}
        told = issues_of(self._hass)
        for issue in told - matters.keys():
            ir.async_delete_issue(self._hass, DOMAIN, issue)
        for issue, matter in matters.items():
            if issue in told or now - self._since[issue] >= matter.lasts:
                self._tell(matter)

    def _tell(self, matter: Matter) -> None:
        ir.async_create_issue(
            self._hass,
            DOMAIN,
            matter.issue,
            is_fixable=False,
            severity=matter.severity,
            translation_key=matter.kind,
            translation_placeholders={"room": matter.room.title, "entities": ", ".join(matter.entities)},
        )

    def _matters_of(self, room: RoomConfig) -> Iterator[Matter]:
        known = self._house.rooms[room.room]
        if known.unheard:
            yield Matter(kind=UNHEARD, room=room, lasts=AT_ONCE, severity=ir.IssueSeverity.ERROR)
        if _is_set(known) and not has_loudspeaker(self._hass, room.room):
            yield Matter(kind=NO_LOUDSPEAKER, room=room, lasts=AT_ONCE, severity=ir.IssueSeverity.ERROR)
        if ar.async_get(self._hass).async_get_area(room.room) is None:
            yield Matter(kind=MISSING_AREA, room=room, lasts=AT_ONCE)
        if spoken := tuple(button for button in room.buttons if _can_be_said(self._hass, button)):
            yield Matter(kind=SPOKEN_BUTTON, room=room, entities=spoken, lasts=AT_ONCE)
        if _ends_by_nothing(known):
            yield Matter(kind=NO_WITNESS, room=room, severity=ir.IssueSeverity.ERROR)
        if missing := tuple(entity for entity in chosen_for(room) if not _exists(self._hass, entity)):
            yield Matter(kind=MISSING_ENTITIES, room=room, entities=missing)
        if lost := self._silences.last(sensors_of(self._hass, room), LOST_FOR):
            yield Matter(kind=LOST_SENSORS, room=room, entities=lost, lasts=AT_ONCE)


@callback
def has_loudspeaker(hass: HomeAssistant, area_id: str) -> bool:
    """Return whether an area has anything through which an alarm could ring, be it there just now or not."""
    if entities_in(hass, area_id, ASSIST_SATELLITE_DOMAIN):
        return True
    return any(_plays_media(hass, player) for player in entities_in(hass, area_id, MEDIA_PLAYER_DOMAIN))


def _plays_media(hass: HomeAssistant, player: str) -> bool:
    if (state := hass.states.get(player)) is not None:
        features = state.attributes.get(ATTR_SUPPORTED_FEATURES, 0)
    else:
        entry = er.async_get(hass).async_get(player)
        features = entry.supported_features if entry is not None else 0
    return bool(features & MediaPlayerEntityFeature.PLAY_MEDIA)


def _can_be_said(hass: HomeAssistant, button: str) -> bool:
    """Return whether a word could press it; an event only tells that somebody has pressed."""
    if split_entity_id(button)[0] not in {BUTTON_DOMAIN, INPUT_BUTTON_DOMAIN} or not _exists(hass, button):
        return False
    return any(async_should_expose(hass, assistant, button) for assistant in KNOWN_ASSISTANTS)


def _is_set(room: Room) -> bool:
    return any(clock.alarm.enabled for clock in room.clocks)


def _ends_by_nothing(room: Room) -> bool:
    """Return whether an alarm is set that nothing but the app could end, though nobody has said that this will do."""
    witnesses = room.witnesses()
    if witnesses.enough or witnesses.button:
        return False
    return any(clock.alarm.enabled and not clock.alarm.app_stop for clock in room.clocks)


@callback
def chosen_for(room: RoomConfig) -> tuple[str, ...]:
    """Return the entities that somebody has chosen for the room, each once."""
    sensors = (*room.sensors, *room.beds, *_posture_of(room), *room.bed_exits, *room.buttons)
    return tuple(dict.fromkeys((*sensors, *room.lights, *room.notify, *room.second_person)))


@callback
def sensors_of(hass: HomeAssistant, room: RoomConfig) -> tuple[str, ...]:
    """Return what tells about the room: the sensors that were chosen, or those that are found in its area."""
    in_area = (entity for entity in entities_in(hass, room.room, "binary_sensor") if shows_presence(hass, entity))
    presence = room.sensors or in_area
    return tuple(dict.fromkeys((*presence, *room.beds, *_posture_of(room), *room.bed_exits, *room.buttons)))


def _posture_of(room: RoomConfig) -> tuple[str, ...]:
    return tuple(entity for entity in (room.posture, room.posture_zone) if entity is not None)


def _exists(hass: HomeAssistant, entity: str) -> bool:
    return hass.states.get(entity) is not None or er.async_get(hass).async_get(entity) is not None


def _silent_since(hass: HomeAssistant, entity: str) -> datetime | None:
    """Return since when it tells nothing; None where it does; a state that lasts, even `on`, is no silence.

    Only of a binary sensor `unknown` is one: a button was never pressed, a camera sees nobody.
    """
    state = hass.states.get(entity)
    is_binary = split_entity_id(entity)[0] == BINARY_SENSOR_DOMAIN
    silent = {STATE_UNAVAILABLE, STATE_UNKNOWN} if is_binary else {STATE_UNAVAILABLE}
    return state.last_changed if state is not None and state.state in silent else None


@callback
def issues_of(hass: HomeAssistant) -> set[str]:
    """Return the ids of what has been told and not been taken back, ignored or not."""
    return {
        issue
        for (domain, issue), told in ir.async_get(hass).issues.items()
        if domain == DOMAIN and told.active and told.translation_key in KINDS
    }


@callback
def async_tell_of_removed(hass: HomeAssistant, house: House, removed: Iterable[RoomConfig]) -> None:
    """Tell of rooms that were removed while an alarm rang there: that was wished, but perhaps not that it ends."""
    for room in removed:
        if house.rooms[room.room].waking:
            persistent_notification.async_create(
                hass,
                f"{room.title} was removed while an alarm rang there. It rings no more, and none of its alarms will.",
                title=room.title,
                notification_id=f"{DOMAIN}_{room.room}_removed",
            )


async def async_forget(hass: HomeAssistant) -> None:
    """Take everything back: there is no house any more."""
    for issue in issues_of(hass):
        ir.async_delete_issue(hass, DOMAIN, issue)
    await Silences(hass).async_remove()
