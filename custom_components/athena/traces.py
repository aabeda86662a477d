"""The WebSocket command `athena/traces`: what became of the last things that were said."""

from typing import Any

import probatio as vol
from homeassistant.components import websocket_api
from homeassistant.core import HomeAssistant, callback

from .const import DOMAIN


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register the command; it answers while Athena is set up."""
    websocket_api.async_register_command(hass, _traces)


@websocket_api.require_admin
@websocket_api.websocket_command({vol.Required("type"): "athena/traces"})
@callback
def _traces(hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]) -> None:
    """Return the last turns, the newest last, and how many each tier has answered.

    What was said stands in them only where the user records what is said.
    """
    entries = hass.config_entries.async_loaded_entries(DOMAIN)
    if not entries:
        connection.send_error(msg["id"], websocket_api.ERR_NOT_FOUND, "Athena is not set up")
        return
    runtime = entries[0].runtime_data
    turns = runtime.traces.as_list(with_texts=runtime.journal.with_transcripts)
    connection.send_result(msg["id"], {"turns": turns, "counts": runtime.traces.counts})
