"""Messages about a room."""

from dataclasses import replace

import pytest
from homeassistant.components import persistent_notification
from homeassistant.core import Context, HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.brain.commands import Notice, Notify
from custom_components.athena.brain.settings import RoomSettings
from custom_components.athena.const import DOMAIN
from custom_components.athena.outputs.notify import NotifyOutput
from custom_components.athena.rooms import RoomConfig

ROOM = RoomConfig(
    subentry_id="bedroom",
    title="Bedroom",
    settings=RoomSettings(room="bedroom"),
    notify=("notify.phone", "notify.tablet"),
    second_person=("notify.neighbour", "notify.phone"),
)
CAP = Notify(room="bedroom", notice=Notice.ALARM_CAP, text="Nobody got up.", alarm="a")


@pytest.fixture
async def sent(hass: HomeAssistant) -> list[tuple[str, str, str]]:
    """Return the messages that were sent: to whom, the title, the text."""
    assert await async_setup_component(hass, "persistent_notification", {})
    messages = []

    async def send(call: ServiceCall) -> None:
        if call.data["entity_id"] == "notify.neighbour":
            raise HomeAssistantError("no network")
        messages.append((call.data["entity_id"], call.data["title"], call.data["message"]))

    hass.services.async_register("notify", "send_message", send)
    for person in ("notify.phone", "notify.tablet", "notify.neighbour"):
        hass.states.async_set(person, "unknown")
    return messages


async def _carry_out(hass: HomeAssistant, room: RoomConfig, command: Notify) -> None:
    await NotifyOutput(MockConfigEntry(domain=DOMAIN)).async_carry_out(hass, room, command, Context())


def _shown(hass: HomeAssistant) -> dict[str, str]:
    shown: dict[str, str] = {}
    for key, note in persistent_notification._async_get_or_create_notifications(hass).items():
        shown[key] = note["message"]
    return shown


async def test_everybody_of_the_room_gets_the_message(hass: HomeAssistant, sent: list[tuple[str, str, str]]) -> None:
    await _carry_out(hass, ROOM, CAP)
    assert sent == [(person, "Bedroom", "Nobody got up.") for person in ("notify.phone", "notify.tablet")]


async def test_without_anybody_it_is_shown_in_home_assistant_once(
    hass: HomeAssistant, sent: list[tuple[str, str, str]]
) -> None:
    nobody = replace(ROOM, notify=(), second_person=())
    await _carry_out(hass, nobody, CAP)
    await _carry_out(hass, nobody, replace(CAP, text="Nobody got up again."))
    await _carry_out(hass, nobody, replace(CAP, notice=Notice.ALARM_MISSED, text="It is too late."))
    assert sent == []
    assert _shown(hass) == {
        "athena_bedroom_alarm_cap": "Nobody got up again.",
        "athena_bedroom_alarm_missed": "It is too late.",
    }


async def test_one_who_cannot_be_reached_is_named_and_the_others_get_it(
    hass: HomeAssistant, sent: list[tuple[str, str, str]]
) -> None:
    hass.states.async_set("notify.tablet", "unavailable")
    with pytest.raises(HomeAssistantError) as failure:
        await _carry_out(hass, ROOM, replace(CAP, second_person=True))
    assert [person for person, _, _ in sent] == ["notify.phone"]
    assert failure.value.translation_key == "not_sent"
    assert failure.value.translation_placeholders == {
        "people": "notify.tablet, notify.neighbour",
        "reason": "it is not available; no network",
    }
    assert _shown(hass) == {"athena_bedroom_alarm_cap": "Nobody got up."}
