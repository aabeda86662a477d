"""What was asked is done, looked at, and tried once more; nothing is called done that is not."""

import asyncio
import logging

import pytest
from homeassistant.core import Context, HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.deed import Deed, Outcome, Result
from custom_components.athena.outputs.deeds.doer import Doer, Patience

from .liars import SHOWS_IT, Blind, Liar, Way, async_furnish

ON = Deed(domain="light", action="turn_on", entities=("light.liar",))


async def _done(hass: HomeAssistant, doer: Doer, way: Way, **data: object) -> tuple[Outcome, Liar]:
    liar = Liar("liar", way)
    await async_furnish(hass, liar)
    deed = Deed(domain="light", action="turn_on", entities=("light.liar",), data=data)
    return await doer.async_do(deed, Context()), liar


@pytest.mark.parametrize(
    ("way", "result", "tries", "calls"),
    [
        (Way.OBEYS, Result.DONE, 1, 1),
        (Way.LATE, Result.DONE, 1, 1),
        (Way.SECOND_TRY, Result.DONE, 2, 2),
        (Way.RAISES_ONCE, Result.DONE, 2, 2),
        (Way.NEVER, Result.FAILED, 2, 2),
        (Way.CONTRARY, Result.FAILED, 2, 2),
        (Way.RAISES, Result.FAILED, 2, 2),
        (Way.CRASHES, Result.FAILED, 2, 2),
        (Way.REFUSES, Result.FAILED, 1, 1),
        (Way.GOES_AWAY, Result.FAILED, 2, 1),
        (Way.HANGS, Result.FAILED, 1, 1),
        (Way.ASSUMED, Result.DONE, 1, 1),
        (Way.ASSUMED_SILENT, Result.UNSEEN, 1, 1),
    ],
)
async def test_a_lamp_is_on_only_where_its_state_says_so(
    hass: HomeAssistant, doer: Doer, way: Way, result: Result, tries: int, calls: int
) -> None:
    outcome, liar = await _done(hass, doer, way)
    assert (outcome.result, outcome.tries, liar.calls) == (result, tries, calls), outcome
    assert outcome.failed == (("light.liar",) if result is Result.FAILED else ())
    assert (outcome.result is Result.DONE) <= hass.states.is_state("light.liar", "on")
    assert hass.states.is_state("light.liar", "on") is (way in SHOWS_IT)


async def test_a_lamp_that_is_on_but_not_as_bright_as_it_was_told_has_failed(hass: HomeAssistant, doer: Doer) -> None:
    outcome, _ = await _done(hass, doer, Way.DIMMER, brightness_pct=80)
    assert outcome.result is Result.FAILED
    assert outcome.cause == "its state does not show it"


async def test_an_action_that_does_not_exist_has_failed_and_is_not_tried_twice(hass: HomeAssistant, doer: Doer) -> None:
    for deed in (
        Deed(domain="light", action="explode", entities=("light.lamp",)),
        Deed(domain="nowhere", action="turn_on", entities=()),
        Deed(domain="light", action="turn_on", entities=("light.lamp",), data={"brightness_pct": "very"}),
    ):
        outcome = await doer.async_do(deed, Context())
        assert outcome.result is Result.FAILED
        assert outcome.tries == 1
        assert outcome.cause


async def test_an_entity_that_does_not_exist_is_never_said_to_be_on(hass: HomeAssistant, doer: Doer) -> None:
    outcome = await doer.async_do(Deed(domain="light", action="turn_on", entities=("light.nowhere",)), Context())
    assert outcome.result is Result.FAILED
    assert outcome.failed == ("light.nowhere",)


async def test_what_comes_late_is_waited_for(hass: HomeAssistant, patient: Doer) -> None:
    """Half a minute would be too long; that it is waited for at all, the state itself shows."""
    blind = Blind("late", 0, stuck=True)
    await async_furnish(hass, blind)
    deed = Deed(domain="cover", action="open_cover", entities=("cover.late",))
    doing = asyncio.ensure_future(patient.async_do(deed, Context()))
    for _ in range(20):
        await asyncio.sleep(0)
    assert not doing.done()
    blind.arrive(100)
    assert (await doing).result is Result.DONE


async def test_one_that_fails_keeps_no_other_from_its_deed_and_is_named(hass: HomeAssistant, doer: Doer) -> None:
    ways = {"good": Way.OBEYS, "slow": Way.SECOND_TRY, "bad": Way.NEVER, "rude": Way.RAISES, "mad": Way.REFUSES}
    lamps = {name: Liar(name, way) for name, way in ways.items()}
    await async_furnish(hass, *lamps.values())
    deed = Deed(domain="light", action="turn_on", entities=tuple(f"light.{name}" for name in ways))
    outcome = await doer.async_do(deed, Context())
    assert outcome.result is Result.FAILED
    assert set(outcome.failed) == {"light.bad", "light.rude", "light.mad"}
    assert lamps["good"].calls == 1, "what has done it is not asked again"
    assert lamps["slow"].calls == 2
    assert hass.states.is_state("light.good", "on")
    assert hass.states.is_state("light.slow", "on")


async def test_entities_of_one_deed_are_told_in_one_call(hass: HomeAssistant, doer: Doer) -> None:
    told = []
    hass.services.async_register("switch", "turn_on", lambda call: told.append(call.data["entity_id"]))
    await doer.async_do(Deed(domain="switch", action="turn_on", entities=("switch.a", "switch.b")), Context())
    assert told[0] == ["switch.a", "switch.b"]


async def test_a_lamp_without_power_keeps_no_light_of_its_kind_from_being_off(hass: HomeAssistant, doer: Doer) -> None:
    await async_furnish(hass, Liar("good", Way.OBEYS, on=True), Liar("dead", Way.GOES_AWAY, on=True))
    await hass.services.async_call("light", "turn_off", {"entity_id": "light.dead"}, blocking=True)
    lights = ("light.good", "light.dead")
    named = await doer.async_do(Deed(domain="light", action="turn_off", entities=lights), Context())
    assert (named.result, named.failed) == (Result.FAILED, ("light.dead",))
    kind = await doer.async_do(Deed(domain="light", action="turn_off", entities=lights, kind="lights"), Context())
    assert kind.result is Result.DONE
    assert kind.deed.entities == ("light.good",)


async def test_what_shows_nothing_by_nature_is_understood_and_not_done(hass: HomeAssistant, doer: Doer) -> None:
    called: list[ServiceCall] = []
    for domain, action in (("scene", "turn_on"), ("button", "press"), ("media_player", "media_next_track")):
        hass.services.async_register(domain, action, called.append)
        outcome = await doer.async_do(Deed(domain=domain, action=action, entities=(f"{domain}.it",)), Context())
        assert (outcome.result, outcome.tries) == (Result.UNSEEN, 1)
    assert len(called) == 3


async def test_what_shows_nothing_and_raises_has_failed(hass: HomeAssistant, doer: Doer) -> None:
    calls = []

    async def fails(call: ServiceCall) -> None:
        calls.append(call)
        raise HomeAssistantError("no")

    hass.services.async_register("scene", "turn_on", fails)
    outcome = await doer.async_do(Deed(domain="scene", action="turn_on", entities=("scene.it",)), Context())
    assert (outcome.result, outcome.tries, len(calls)) == (Result.FAILED, 2, 2)
    assert outcome.cause == "HomeAssistantError: no"


async def test_a_call_that_never_ends_does_not_hang_the_turn_and_goes_on_by_itself(
    hass: HomeAssistant, doer: Doer
) -> None:
    lamp = Liar("liar", Way.HANGS)
    await async_furnish(hass, lamp)
    async with asyncio.timeout(5):
        outcome = await doer.async_do(ON, Context())
    assert (outcome.result, outcome.cause) == (Result.FAILED, "it does not answer")
    assert lamp.calls == 1, "it is not overtaken by a second one"


async def test_a_call_that_never_ends_but_shows_is_done(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    class Slow(Liar):
        async def async_turn_on(self, **_: object) -> None:
            self._attr_is_on = True
            self.async_write_ha_state()
            await asyncio.Event().wait()

    await async_furnish(hass, Slow("liar", Way.OBEYS))
    outcome = await Doer(hass, athena, Patience(answers=0.05, shows=0.05, in_all=0.2)).async_do(ON, Context())
    assert outcome.result is Result.DONE


async def test_what_fails_is_logged_once_and_once_when_it_works_again(
    hass: HomeAssistant, doer: Doer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    lamp = Liar("liar", Way.NEVER)
    await async_furnish(hass, lamp)
    for _ in range(3):
        await doer.async_do(ON, Context())
    told = [record.message for record in caplog.records if record.name.endswith("deeds.doer")]
    assert told == ["light.turn_on of light.liar failed: its state does not show it"]
    lamp.way = Way.OBEYS
    for _ in range(2):
        await doer.async_do(ON, Context())
    told = [record.message for record in caplog.records if record.name.endswith("deeds.doer")]
    assert told[1:] == ["light.liar works again"]


# ---- several


async def test_several_deeds_to_different_things_are_done_at_once_and_told_in_order(
    hass: HomeAssistant, doer: Doer
) -> None:
    await async_furnish(hass, Liar("one", Way.OBEYS, on=True), Liar("two", Way.NEVER), Blind("blind", 0))
    deeds = [
        Deed(domain="light", action="turn_off", entities=("light.one",)),
        Deed(domain="light", action="turn_on", entities=("light.two",)),
        Deed(domain="cover", action="open_cover", entities=("cover.blind",)),
    ]
    outcomes = await doer.async_do_all(deeds, Context())
    assert [outcome.result for outcome in outcomes] == [Result.DONE, Result.FAILED, Result.DONE]
    assert [outcome.deed for outcome in outcomes] == deeds


async def test_two_deeds_to_one_thing_keep_their_order(hass: HomeAssistant, doer: Doer) -> None:
    await async_furnish(hass, Liar("one", Way.OBEYS))
    deeds = [
        Deed(domain="light", action="turn_on", entities=("light.one",)),
        Deed(domain="light", action="turn_off", entities=("light.one",)),
    ]
    outcomes = await doer.async_do_all(deeds, Context())
    assert [outcome.result for outcome in outcomes] == [Result.DONE, Result.DONE]
    assert hass.states.is_state("light.one", "off")


async def test_what_is_asked_anew_meanwhile_is_not_put_back_by_a_second_try(
    hass: HomeAssistant, athena: MockConfigEntry
) -> None:
    """Somebody says "on", the lamp does nothing, they say "off": it must not come on after that."""
    lamp = Liar("liar", Way.SECOND_TRY)
    await async_furnish(hass, lamp)
    doer = Doer(hass, athena, Patience(shows=0.1))
    first = asyncio.ensure_future(doer.async_do(ON, Context()))
    for _ in range(20):
        await asyncio.sleep(0)
    assert lamp.calls == 1
    lamp.way = Way.OBEYS
    off = await doer.async_do(Deed(domain="light", action="turn_off", entities=("light.liar",)), Context())
    assert off.result is Result.DONE
    outcome = await first
    assert (outcome.result, outcome.tries, lamp.calls) == (Result.FAILED, 1, 2)
    assert hass.states.is_state("light.liar", "off")


async def test_nothing_is_tried_again_once_nobody_waits_any_more(hass: HomeAssistant, doer: Doer) -> None:
    lamp = Liar("liar", Way.SECOND_TRY)
    await async_furnish(hass, lamp)
    [outcome] = await doer.async_do_all([ON], Context(), until=hass.loop.time())
    assert (outcome.result, outcome.tries, lamp.calls) == (Result.FAILED, 1, 1)


# ---- what somebody else has done


async def test_what_an_intent_has_done_is_looked_at_too(hass: HomeAssistant, doer: Doer) -> None:
    await async_furnish(hass, Liar("liar", Way.OBEYS))
    before = doer.before([ON])
    await hass.services.async_call("light", "turn_on", {"entity_id": "light.liar"}, blocking=True)
    [outcome] = await doer.async_check([ON], before, Context())
    assert (outcome.result, outcome.tries) == (Result.DONE, 1)


@pytest.mark.parametrize(
    ("way", "result"), [(Way.SECOND_TRY, Result.DONE), (Way.NEVER, Result.FAILED), (Way.HANGS, Result.FAILED)]
)
async def test_what_an_intent_has_not_done_is_done_once_more(
    hass: HomeAssistant, doer: Doer, way: Way, result: Result
) -> None:
    lamp = Liar("liar", way)
    await async_furnish(hass, lamp)
    before = doer.before([ON])
    lamp.calls = 1
    [outcome] = await doer.async_check([ON], before, Context())
    assert (outcome.result, outcome.tries, lamp.calls) == (result, 2, 2)


async def test_of_several_deeds_of_an_intent_to_one_thing_the_last_counts(hass: HomeAssistant, doer: Doer) -> None:
    lamp = Liar("liar", Way.OBEYS)
    await async_furnish(hass, lamp)
    off = Deed(domain="light", action="turn_off", entities=("light.liar",))
    before = doer.before([ON, off])
    outcomes = await doer.async_check([ON, off], before, Context())
    assert [outcome.result for outcome in outcomes] == [Result.UNSEEN, Result.DONE]
    assert lamp.calls == 0
