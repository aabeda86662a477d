"""Messages to those who are not in the room."""

import asyncio
from typing import ClassVar, override

from homeassistant.components import persistent_notification
from homeassistant.components.notify import ATTR_MESSAGE, ATTR_TITLE, SERVICE_SEND_MESSAGE
from homeassistant.components.notify import DOMAIN as NOTIFY_DOMAIN
from homeassistant.const import ATTR_ENTITY_ID, STATE_UNAVAILABLE
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from ..brain.commands import Notify
from ..const import DOMAIN
from ..output import Output
from ..rooms import RoomConfig


class NotifyOutput(Output[Notify]):
    """Sends a message to whom the room names, and shows it in Home Assistant, where none is ever lost."""

    command: ClassVar = Notify

    @override
    async def async_carry_out(self, hass: HomeAssistant, room: RoomConfig, command: Notify, context: Context) -> None:
        # One for each room and matter: the same again takes the place of the one before.
        persistent_notification.async_create(
            hass, command.text, title=room.title, notification_id=f"{DOMAIN}_{room.room}_{command.notice}"
        )
        people = dict.fromkeys((*room.notify, *(room.second_person if command.second_person else ())))
        outcomes = await asyncio.gather(
            *(_async_send(hass, person, room.title, command.text, context) for person in people), return_exceptions=True
        )
        failures = {}
        for person, outcome in zip(people, outcomes, strict=True):
            if isinstance(outcome, Exception):
                failures[person] = str(outcome) or type(outcome).__name__
            elif outcome is not None:
                raise outcome
        if failures:
            raise HomeAssistantError(
                translation_domain=DOMAIN,
                translation_key="not_sent",
                translation_placeholders={
                    "people": ", ".join(failures),
                    "reason": "; ".join(dict.fromkeys(failures.values())),
                },
            )


async def _async_send(hass: HomeAssistant, person: str, title: str, text: str, context: Context) -> None:
    state = hass.states.get(person)
    if state is None or state.state == STATE_UNAVAILABLE:  # Home Assistant would do nothing, and say nothing
        raise HomeAssistantError("it is not available")
    await hass.services.async_call(
        NOTIFY_DOMAIN,
        SERVICE_SEND_MESSAGE,
        {ATTR_ENTITY_ID: person, ATTR_TITLE: title, ATTR_MESSAGE: text},
        blocking=True,
        context=context,
    )
