"""Time that passes in Home Assistant, what a person wishes there, and an alarm that rings in the bedroom."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed

from custom_components.athena.brain.events import AlarmTrigger
from custom_components.athena.const import DOMAIN

BEDROOM = "bedroom"
MONDAY_EVENING = datetime(2026, 1, 5, 22, 0, tzinfo=ZoneInfo("US/Pacific"))
"""In the time zone of the test's Home Assistant."""


async def async_pass(hass: HomeAssistant, freezer: FrozenDateTimeFactory, **amount: float) -> None:
    """Let time pass; what was waited for happens at the end of it."""
    freezer.tick(timedelta(**amount))
    await async_settle(hass)


async def async_settle(hass: HomeAssistant) -> None:
    """Let what is due happen."""
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)


async def async_act(hass: HomeAssistant, action: str, context: Context | None = None, **data: Any) -> dict[str, Any]:
    """Call one of Athena's actions and return its response."""
    response = await hass.services.async_call(
        DOMAIN, action, data, blocking=True, return_response=True, context=context
    )
    await hass.async_block_till_done(wait_background_tasks=True)
    assert isinstance(response, dict)
    return response


async def async_set_alarm(hass: HomeAssistant, **data: Any) -> dict[str, Any]:
    """Set an alarm in the bedroom that only the app ends: on every day at 7, unless said otherwise."""
    every_day = {} if "date" in data else {"weekdays": "daily"}
    given = {"room": BEDROOM, "time": "07:00", "app_stop_ok": True, **every_day, **data}
    return await async_act(hass, "set_alarm", **given)


async def async_ring(hass: HomeAssistant, athena: MockConfigEntry, alarm: str = "at_0700") -> None:
    """Let an alarm of the bedroom ring now."""
    trigger = AlarmTrigger(room=BEDROOM, at=dt_util.utcnow(), source="test", alarm=alarm)
    athena.runtime_data.handle(trigger)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert alarm in athena.runtime_data.room(BEDROOM).ringing


async def async_refused(hass: HomeAssistant, athena: MockConfigEntry, action: str, **data: Any) -> str:
    """Return the key of the error that an action ends with; the house is as it was."""
    before = athena.runtime_data.house.as_dict()
    with pytest.raises(ServiceValidationError) as err:
        await async_act(hass, action, **data)
    assert athena.runtime_data.house.as_dict() == before
    assert err.value.translation_domain == DOMAIN
    assert err.value.translation_key is not None
    assert str(err.value), "it has words"
    return err.value.translation_key
