"""A PIN is written down nowhere: it is taken out of what Home Assistant had written down before Athena was asked."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from homeassistant.components import conversation
from homeassistant.components.assist_pipeline.pipeline import KEY_ASSIST_PIPELINE
from homeassistant.components.conversation.trace import async_get_traces
from homeassistant.core import HomeAssistant, callback

HIDDEN: Final = "…"
"""What stands in every log for a PIN."""


@callback
def hide(hass: HomeAssistant, said: str, chat_log: conversation.ChatLog) -> None:
    """Take what was said out of the chat log, the conversation's traces and the assistants' debug views."""
    for index, content in enumerate(chat_log.content):
        if isinstance(content, conversation.UserContent) and content.content == said:
            chat_log.content[index] = replace(content, content=HIDDEN)
    for written in _written(hass):
        _hide_in(written, said)


def _written(hass: HomeAssistant) -> Iterator[dict[str, Any]]:
    """Yield what Home Assistant shows of the last turns to who debugs them: the very data, not a copy of it."""
    for trace in async_get_traces():
        for event in trace._events:  # noqa: SLF001  its public form is a copy
            if event.data is not None:
                yield event.data
    if (pipelines := hass.data.get(KEY_ASSIST_PIPELINE)) is None:
        return
    for runs in pipelines.pipeline_debug.values():
        for run in runs.values():
            yield from (event.data for event in run.events if event.data is not None)


def _hide_in(written: dict[str, Any], said: str) -> None:
    for key, value in written.items():
        if isinstance(value, dict):
            _hide_in(value, said)
        elif value == said:
            written[key] = HIDDEN
