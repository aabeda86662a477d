"""What comes of somebody's words: said to a satellite, typed into a chat, carried out for them by a language model."""

from homeassistant.components.assist_satellite import DOMAIN as ASSIST_SATELLITE_DOMAIN
from homeassistant.components.conversation.chat_log import current_chat_log
from homeassistant.core import Context, HomeAssistant, callback


@callback
def is_said(hass: HomeAssistant, context: Context) -> bool:
    """Return whether a satellite is just carrying out what was said under this context."""
    return any(state.context.id == context.id for state in hass.states.async_all(ASSIST_SATELLITE_DOMAIN))


@callback
def is_in_a_turn() -> bool:
    """Return whether what happens just now happens in a turn of a conversation, also at second hand: by its script.

    A context does not tell: an app that listens has the one of its user, like a finger on a dashboard. An intent that
    comes from outside, by REST or MCP, is in no turn, and looks like a remote's automation.
    """
    return current_chat_log.get() is not None
