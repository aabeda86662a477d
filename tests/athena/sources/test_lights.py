"""Who changed a light: Athena, a person, an automation, or the light that reports late."""

import pytest
from homeassistant.auth.models import User
from homeassistant.core import CALLBACK_TYPE, Context, HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.brain.commands import LightsAnimate, LightsSetScene
from custom_components.athena.brain.events import Event, LightsTouched
from custom_components.athena.outputs.animation import AnimateOutput
from custom_components.athena.outputs.lights import SetSceneOutput
from custom_components.athena.rooms import RoomConfig
from custom_components.athena.sources.lights import PROMPT, TARDY, LightsSource, Manner, manner_of

from ..lamps import Clock, Lamp, async_furnish


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return the time that light programmes go by."""
    return Clock(monkeypatch)


class Bedroom:
    """A bedroom with one lamp, and what its source of lights has told."""

    def __init__(self, hass: HomeAssistant, entry: MockConfigEntry, clock: Clock, lamp: Lamp) -> None:
        self.hass = hass
        self.entry = entry
        self.clock = clock
        self.lamp = lamp
        self.told: list[Event] = []
        self.room: RoomConfig
        self.stop: CALLBACK_TYPE

    async def async_begin(self) -> None:
        """Furnish it and listen."""
        self.room = await async_furnish(self.hass, self.entry, self.lamp)
        self.stop = await LightsSource().async_start(self.hass, self.room, self.told.append)

    async def async_sunrise(self, *, after: float, context: Context | None = None) -> None:
        """Let a sunrise have been running for so many seconds."""
        order = LightsAnimate(room="bedroom", animation="sunrise", duration=720)
        await AnimateOutput(self.entry).async_carry_out(self.hass, self.room, order, context or Context())
        await self.clock.async_pass(after)
        self.lamp.told.clear()

    async def async_scene(self, scene: str, *, after: float, context: Context | None = None) -> None:
        """Let a scene have been set so many seconds ago."""
        order = LightsSetScene(room="bedroom", scene=scene)
        await SetSceneOutput(self.entry).async_carry_out(self.hass, self.room, order, context or Context())
        await self.clock.async_pass(after)
        self.lamp.told.clear()

    async def async_call(self, service: str, context: Context, **data: object) -> None:
        """Call a light service as somebody else."""
        target = {"entity_id": self.lamp.entity_id}
        await self.hass.services.async_call("light", service, {**target, **data}, blocking=True, context=context)
        self.lamp.told.clear()

    def age(self, seconds: float) -> None:
        """Let the lamp have been on for so long."""
        state = self.hass.states.get(self.lamp.entity_id)
        assert state is not None
        object.__setattr__(state, "last_changed", dt_util.utc_from_timestamp(state.last_changed_timestamp - seconds))


@pytest.fixture
async def bedroom(hass: HomeAssistant, athena: MockConfigEntry, clock: Clock) -> Bedroom:
    """Return a bedroom with a lamp that dims."""
    bedroom = Bedroom(hass, athena, clock, Lamp(clock, "dimmer"))
    await bedroom.async_begin()
    return bedroom


async def test_a_persons_change_in_the_app_ends_the_sunrise(bedroom: Bedroom, hass_admin_user: User) -> None:
    await bedroom.async_sunrise(after=60)
    await bedroom.async_call("turn_on", Context(user_id=hass_admin_user.id), brightness=10)
    await bedroom.clock.async_pass(800)
    assert bedroom.lamp.told == []
    assert bedroom.lamp.brightness == 10
    assert [(type(event), event.room, event.source) for event in bedroom.told] == [
        (LightsTouched, "bedroom", "light.dimmer")
    ]


async def test_a_switch_at_the_wall_ends_the_sunrise(bedroom: Bedroom) -> None:
    await bedroom.async_sunrise(after=60)
    bedroom.age(60)
    bedroom.lamp.report(is_on=False)
    await bedroom.clock.async_pass(800)
    assert bedroom.lamp.told == []
    assert len(bedroom.told) == 1


async def test_a_switch_at_the_wall_ends_the_sunrise_though_home_assistant_lends_it_the_context(
    bedroom: Bedroom,
) -> None:
    cause = Context()
    await bedroom.async_sunrise(after=60, context=cause)
    bedroom.age(60)
    bedroom.lamp.report(cause, is_on=False)
    await bedroom.clock.async_pass(800)
    assert bedroom.lamp.told == []
    assert len(bedroom.told) == 1


async def test_athenas_own_changes_are_nobodys(bedroom: Bedroom) -> None:
    await bedroom.async_sunrise(after=800)
    await bedroom.async_scene("exit", after=10)
    assert bedroom.told == []


async def test_a_scene_that_a_person_asked_athena_for_is_athenas_change(
    bedroom: Bedroom, hass_admin_user: User
) -> None:
    await bedroom.async_scene("night", after=10, context=Context(user_id=hass_admin_user.id))
    assert bedroom.lamp.is_on
    assert bedroom.told == []


async def test_a_light_that_reports_late_under_a_fresh_context_is_nobodys(bedroom: Bedroom) -> None:
    await bedroom.async_scene("night", after=20)
    bedroom.lamp.report(brightness=75)
    assert bedroom.told == []


async def test_a_light_that_is_reported_off_before_it_heard_is_nobodys(bedroom: Bedroom) -> None:
    cause = Context()
    await bedroom.async_sunrise(after=2, context=cause)
    bedroom.lamp.report(cause, is_on=False)
    bedroom.lamp.report(is_on=True)
    assert bedroom.told == []
    await bedroom.clock.async_pass(800)
    assert bedroom.lamp.brightness == 255


@pytest.mark.parametrize(
    ("platform", "manner"), [("template", PROMPT), ("light", TARDY), ("nobody_knows", TARDY), (None, TARDY)]
)
async def test_a_light_is_given_as_long_to_report_as_its_integration_needs(
    hass: HomeAssistant, athena: MockConfigEntry, platform: str | None, manner: Manner
) -> None:
    light = "light.unknown"
    if platform is not None:
        light = er.async_get(hass).async_get_or_create("light", platform, "a light").entity_id
    assert manner_of(hass, light) is manner


async def test_a_dimmer_at_the_wall_long_after_is_a_persons(bedroom: Bedroom) -> None:
    await bedroom.async_scene("night", after=60)
    bedroom.lamp.report(brightness=200)
    assert len(bedroom.told) == 1


async def test_a_light_switched_on_at_the_wall_is_a_persons(bedroom: Bedroom) -> None:
    await bedroom.clock.async_pass(TARDY.late)
    bedroom.lamp.report(is_on=True)
    assert len(bedroom.told) == 1


@pytest.mark.parametrize("context", [Context(parent_id="what triggered it"), Context()])
async def test_an_automation_takes_the_light_out_of_the_programme_but_is_no_person(
    bedroom: Bedroom, context: Context
) -> None:
    await bedroom.async_sunrise(after=60)
    await bedroom.async_call("turn_on", context, brightness=10)
    await bedroom.clock.async_pass(800)
    assert bedroom.lamp.told == []
    assert bedroom.told == []


async def test_an_automation_that_answers_to_athenas_scene_is_nobodys(bedroom: Bedroom) -> None:
    cause = Context()
    await bedroom.async_sunrise(after=60, context=cause)
    await bedroom.async_call("turn_on", Context(parent_id=cause.id), brightness=10)
    await bedroom.clock.async_pass(800)
    assert bedroom.lamp.brightness == 255


async def test_what_is_said_to_a_satellite_is_a_persons(hass: HomeAssistant, bedroom: Bedroom) -> None:
    spoken = Context()
    hass.states.async_set("assist_satellite.bedroom", "processing", context=spoken)
    await bedroom.async_call("turn_on", spoken, brightness=10)
    assert len(bedroom.told) == 1


async def test_a_light_that_comes_back_has_not_been_touched(bedroom: Bedroom) -> None:
    bedroom.lamp.report(available=False)
    bedroom.lamp.report(available=True, is_on=True)
    assert bedroom.told == []


async def test_what_one_does_not_see_is_nobodys(bedroom: Bedroom) -> None:
    bedroom.lamp.report(is_on=True)
    bedroom.told.clear()
    bedroom.lamp.report(extra_state_attributes={"signal": -60})
    assert bedroom.told == []


async def test_a_light_put_into_the_area_later_is_watched_too(
    hass: HomeAssistant, athena: MockConfigEntry, clock: Clock, hass_admin_user: User
) -> None:
    async def _async_switch(service: str) -> None:
        target = {"entity_id": "light.lamp"}
        await hass.services.async_call(
            "light", service, target, blocking=True, context=Context(user_id=hass_admin_user.id)
        )

    told: list[Event] = []
    stop = await LightsSource().async_start(hass, athena.runtime_data.rooms["kitchen"], told.append)
    await _async_switch("turn_on")
    assert told == []
    er.async_get(hass).async_update_entity("light.lamp", area_id="kitchen")
    await hass.async_block_till_done()
    await _async_switch("turn_off")
    assert [event.source for event in told] == ["light.lamp"]
    stop()
    await _async_switch("turn_on")
    assert len(told) == 1


async def test_what_plays_is_over_once_nobody_watches_any_more(bedroom: Bedroom) -> None:
    await bedroom.async_sunrise(after=60)
    bedroom.stop()
    await bedroom.clock.async_pass(800)
    assert bedroom.lamp.told == []
