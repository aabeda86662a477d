"""What plays on the lights, and whose a change of them is, when Athena is loaded again meanwhile."""

import asyncio
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.auth.models import User
from homeassistant.components.light import ColorMode
from homeassistant.core import Context, HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed

from custom_components.athena.sources.lights import TARDY

from .clock import async_set_alarm
from .lamps import COLOURS, Clock, Lamp, async_furnish

DIMS: Final = frozenset({ColorMode.BRIGHTNESS})
BEFORE_SUNRISE: Final = datetime(2026, 1, 6, 6, 47, 59, tzinfo=ZoneInfo("US/Pacific"))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return the time that light programmes go by."""
    return Clock(monkeypatch)


async def _async_reload(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    assert await hass.config_entries.async_reload(athena.entry_id)
    await hass.async_block_till_done()


async def _async_activate(hass: HomeAssistant, scene: str, context: Context | None = None) -> None:
    target = {"entity_id": f"scene.bedroom_{scene}"}
    await hass.services.async_call("scene", "turn_on", target, blocking=True, context=context)


def _is_touched(athena: MockConfigEntry) -> bool:
    return "lights" in [decision.what for decision in athena.runtime_data.room("bedroom").decisions]


# ---- what plays


@pytest.mark.parametrize(("fades", "modes"), [(False, DIMS), (True, COLOURS), (False, frozenset({ColorMode.ONOFF}))])
async def test_a_fade_to_off_ends_in_the_dark(
    hass: HomeAssistant, athena: MockConfigEntry, clock: Clock, fades: bool, modes: frozenset[ColorMode]
) -> None:
    lamp = Lamp(clock, "bedside", modes=modes, fades=fades, on=True)
    lamp._attr_brightness = 200
    await async_furnish(hass, athena, lamp)
    await _async_activate(hass, "sleep")
    await clock.async_pass(10)
    told = list(lamp.told)
    await _async_reload(hass, athena)
    await clock.async_pass(40)
    assert not lamp.is_on
    since = lamp.told[len(told) :]
    assert since, "it is told again"
    assert not [kwargs for _, what, kwargs in since if what == "on" and kwargs.get("brightness", 255) > 140]
    assert athena.runtime_data.room("bedroom").scene == "sleep"


class Morning:
    """A bedroom with one lamp, whose sunrise begins."""

    def __init__(self, hass: HomeAssistant, clock: Clock, freezer: FrozenDateTimeFactory, lamp: Lamp) -> None:
        self.hass = hass
        self.clock = clock
        self.freezer = freezer
        self.lamp = lamp

    async def async_begin(self, athena: MockConfigEntry) -> None:
        """Let the sunrise begin."""
        self.freezer.move_to(BEFORE_SUNRISE)
        await async_furnish(self.hass, athena, self.lamp)
        await async_set_alarm(self.hass)
        await self.async_live(2)
        assert self.lamp.is_on

    async def async_live(self, seconds: float) -> None:
        """Let time go by for the house and for the lights."""
        self.freezer.tick(seconds)
        async_fire_time_changed(self.hass)
        await self.clock.async_pass(seconds)


@pytest.mark.parametrize(("fades", "modes"), [(False, DIMS), (True, COLOURS)])
async def test_a_sunrise_goes_on_and_is_full_when_the_alarm_is_due(
    hass: HomeAssistant,
    athena: MockConfigEntry,
    clock: Clock,
    freezer: FrozenDateTimeFactory,
    fades: bool,
    modes: frozenset[ColorMode],
) -> None:
    lamp = Lamp(clock, "bedside", modes=modes, fades=fades)
    morning = Morning(hass, clock, freezer, lamp)
    await morning.async_begin(athena)
    await morning.async_live(360)
    before = lamp.brightness or 0
    assert before > 40
    await _async_reload(hass, athena)
    await morning.async_live(357)
    assert min(kwargs["brightness"] for at, _, kwargs in lamp.told if at > 361) >= before, "it does not get dark again"
    assert lamp.is_on
    assert (lamp.brightness or 0) >= 250
    assert not _is_touched(athena)


async def test_a_sunrise_that_a_person_has_ended_does_not_begin_again(
    hass: HomeAssistant, athena: MockConfigEntry, clock: Clock, freezer: FrozenDateTimeFactory, hass_admin_user: User
) -> None:
    morning = Morning(hass, clock, freezer, Lamp(clock, "bedside", modes=DIMS))
    await morning.async_begin(athena)
    await morning.async_live(120)
    target, user = {"entity_id": morning.lamp.entity_id}, Context(user_id=hass_admin_user.id)
    await hass.services.async_call("light", "turn_off", target, blocking=True, context=user)
    await morning.async_live(120)
    assert not morning.lamp.is_on
    await _async_reload(hass, athena)
    await morning.async_live(120)
    assert not morning.lamp.is_on


async def test_a_sunrise_that_is_called_off_after_a_reload_leaves_the_sleeper_in_the_dark(
    hass: HomeAssistant, athena: MockConfigEntry, clock: Clock, freezer: FrozenDateTimeFactory
) -> None:
    morning = Morning(hass, clock, freezer, Lamp(clock, "bedside", modes=DIMS))
    await morning.async_begin(athena)
    await morning.async_live(360)
    await _async_reload(hass, athena)
    await morning.async_live(60)
    assert morning.lamp.is_on
    await hass.services.async_call("button", "press", {"entity_id": "button.bedroom_skip_next_alarm"}, blocking=True)
    await morning.async_live(60)
    assert not morning.lamp.is_on


# ---- whose a change is


@pytest.mark.parametrize("by_user", [True, False])
async def test_what_a_light_still_tells_of_an_order_from_before_is_nobodys(
    hass: HomeAssistant, athena: MockConfigEntry, clock: Clock, hass_admin_user: User, by_user: bool
) -> None:
    lamp = Lamp(clock, "bedside")
    await async_furnish(hass, athena, lamp)
    cause = Context(user_id=hass_admin_user.id if by_user else None)
    await _async_activate(hass, "focus", cause)
    await asyncio.sleep(0.002)  # a context is told from an older one by the millisecond
    await _async_reload(hass, athena)
    lamp.report(cause, brightness=240)
    await clock.async_pass(2)
    lamp.report(brightness=238)
    await clock.async_pass(2)
    assert not _is_touched(athena)
    assert athena.runtime_data.room("bedroom").scene == "focus"


async def test_what_a_light_tells_late_is_nobodys_though_no_order_is_known(
    hass: HomeAssistant, athena: MockConfigEntry, clock: Clock
) -> None:
    lamp = Lamp(clock, "bedside")
    await async_furnish(hass, athena, lamp)
    await clock.async_pass(TARDY.late - 1)
    lamp.report(is_on=True)
    assert not _is_touched(athena)
    await clock.async_pass(2)
    lamp.report(is_on=False)
    assert _is_touched(athena)


async def test_a_hand_in_the_app_counts_right_after_a_reload(
    hass: HomeAssistant, athena: MockConfigEntry, clock: Clock, hass_admin_user: User
) -> None:
    lamp = Lamp(clock, "bedside")
    await async_furnish(hass, athena, lamp)
    target, user = {"entity_id": lamp.entity_id}, Context(user_id=hass_admin_user.id)
    await hass.services.async_call("light", "turn_on", target, blocking=True, context=user)
    assert _is_touched(athena)
