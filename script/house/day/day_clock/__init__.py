"""The clock of the demo's day: `day_clock.put_forward` moves it, and what was due meanwhile happens.

Home Assistant's own timers count monotonic seconds, which nothing puts forward: those that wait for a moment by the
clock are run here once it has passed, in order, and the timers that somebody has set lose as many seconds.
"""

from functools import partial
from typing import Final

import probatio
import time_machine
from homeassistant.components.intent.const import TIMER_DATA
from homeassistant.core import HomeAssistant, ServiceCall, ServiceResponse, SupportsResponse, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.event import _TrackPointUTCTime
from homeassistant.helpers.typing import ConfigType
from homeassistant.util import dt as dt_util
from homeassistant.util.async_ import get_scheduled_timer_handles

DOMAIN: Final = "day_clock"
TO: Final = "to"

CONFIG_SCHEMA = cv.empty_config_schema(DOMAIN)
PUT_FORWARD: Final = probatio.Schema({probatio.Required(TO): cv.datetime})


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:  # noqa: ARG001
    """Offer the service."""
    hass.services.async_register(DOMAIN, "put_forward", partial(_put_forward, hass), schema=PUT_FORWARD)
    hass.services.async_register(DOMAIN, "tell", _tell, supports_response=SupportsResponse.ONLY)
    return True


@callback
def _tell(_call: ServiceCall) -> ServiceResponse:
    """Return what it shows."""
    return {"now": dt_util.now().isoformat()}


async def _put_forward(hass: HomeAssistant, call: ServiceCall) -> None:
    """Put the clock forward to a moment; raise ServiceValidationError for one that has been."""
    to = dt_util.as_utc(call.data[TO])
    seconds = (to - dt_util.utcnow()).total_seconds()
    if seconds < 0:
        raise ServiceValidationError(f"{to} has been: this clock is never put back")
    time_machine.traveller_stack[-1].shift(seconds)
    timers = hass.data[TIMER_DATA]
    for timer_id, timer in tuple(timers.timers.items()):
        if timer.is_active:
            timers.remove_time(timer_id, round(seconds))
    now = dt_util.utcnow().timestamp()
    handles = [handle for handle in get_scheduled_timer_handles(hass.loop) if not handle.cancelled()]
    due = [
        (waiting.expected_fire_timestamp, handle, waiting)
        for handle in handles
        if isinstance(waiting := handle._callback, _TrackPointUTCTime)  # type: ignore[attr-defined]  # noqa: SLF001
        and waiting.expected_fire_timestamp <= now
    ]
    for _, handle, waiting in sorted(due, key=lambda each: each[0]):
        if not handle.cancelled():  # by what an earlier one has done
            handle.cancel()
            waiting()
