"""What comes of somebody's words: said to a satellite, typed into a chat, carried out for them by a language model."""

from collections import deque

from homeassistant.components.assist_satellite import DOMAIN as ASSIST_SATELLITE_DOMAIN
from homeassistant.components.conversation.chat_log import current_chat_log
from homeassistant.const import ATTR_DOMAIN, EVENT_CALL_SERVICE
from homeassistant.core import CALLBACK_TYPE, Context, Event, HomeAssistant, callback


@callback
def is_said(hass: HomeAssistant, context: Context) -> bool:
    """Return whether a satellite is just carrying out what was said under this context."""
    return any(state.context.id == context.id for state in hass.states.async_all(ASSIST_SATELLITE_DOMAIN))


class SaidCalls:
    """The services of some domains that are called for somebody's words, also at second hand: by a script of theirs.

    The context of a call does not tell: an app that listens has the one of its user, like a finger on a dashboard.
    What does is the task that calls, which is of a conversation. An intent that comes from outside, by REST or MCP, is
    of none, and looks like a remote's automation.
    """

    def __init__(self, hass: HomeAssistant, *domains: str) -> None:
        self._hass = hass
        self._domains = domains
        self._contexts: deque[str] = deque(maxlen=64)

    @callback
    def async_listen(self) -> CALLBACK_TYPE:
        """Listen until the returned function is called."""
        return self._hass.bus.async_listen(EVENT_CALL_SERVICE, self._take_in)

    def have(self, context: Context) -> bool:
        """Return whether a change under this context comes of somebody's words."""
        return context.id in self._contexts or is_said(self._hass, context)

    @callback
    def _take_in(self, event: Event) -> None:
        if event.data[ATTR_DOMAIN] in self._domains and current_chat_log.get() is not None:
            self._contexts.append(event.context.id)
