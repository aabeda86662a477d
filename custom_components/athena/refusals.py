"""What the brain refuses, as Home Assistant tells a user."""

from collections.abc import Mapping

from homeassistant.exceptions import ServiceValidationError

from .brain.errors import BrainError
from .const import DOMAIN
from .rooms import RoomConfig


def refusal_of(err: BrainError, rooms: Mapping[str, RoomConfig]) -> ServiceValidationError:
    """Return the error in the user's language, which calls a room as the user does."""
    placeholders = dict(err.placeholders)
    if (room := rooms.get(placeholders.get("room", ""))) is not None:
        placeholders["room"] = room.title
    return refused(err.key, **placeholders)


def refused(key: str, **placeholders: str) -> ServiceValidationError:
    """Return an error whose words are in the translations."""
    return ServiceValidationError(translation_domain=DOMAIN, translation_key=key, translation_placeholders=placeholders)
