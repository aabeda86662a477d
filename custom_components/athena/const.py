"""Names that more than one module of the integration needs."""

from typing import Final

DOMAIN: Final = "athena"

LANGUAGE: Final = "en"
"""The only one Athena speaks so far."""

SUBENTRY_ROOM: Final = "room"

CONF_NAME: Final = "name"
CONF_SENSORS: Final = "sensors"
CONF_LIGHTS: Final = "lights"
CONF_EMPTY_AFTER: Final = "empty_after"
