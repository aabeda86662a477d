"""Names that more than one module of the integration needs."""

from typing import Final

DOMAIN: Final = "athena"

LANGUAGE: Final = "en"
"""The only one Athena speaks so far."""

SUBENTRY_AGENT: Final = "agent"
SUBENTRY_ROOM: Final = "room"
SUBENTRY_SCENE: Final = "scene"

CONF_NAME: Final = "name"
CONF_SENSORS: Final = "sensors"
CONF_LIGHTS: Final = "lights"
CONF_BED_SENSORS: Final = "bed_sensors"
CONF_BED_LEFT: Final = "bed_left"
CONF_BED_RIGHT: Final = "bed_right"
CONF_SHARED_BED: Final = "shared_bed"
CONF_EDGE_LETS_GO: Final = "edge_lets_go"
CONF_POSTURE: Final = "posture"
CONF_POSTURE_ZONE: Final = "posture_zone"
CONF_BED_EXIT: Final = "bed_exit"
CONF_BUTTONS: Final = "buttons"
CONF_NOTIFY: Final = "notify"
CONF_SECOND_PERSON: Final = "second_person"
CONF_PERSONS: Final = "persons"
CONF_DEBUG_EVENTS: Final = "debug_events"
CONF_SLEEP_FROM: Final = "sleep_from"
CONF_SLEEP_UNTIL: Final = "sleep_until"
