"""Whatever lamps do, Athena never says of one what its state does not show."""

from itertools import count
from typing import Final

from homeassistant.core import Context, HomeAssistant
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.agent.deed_lines import Teller
from custom_components.athena.agent.home import Home
from custom_components.athena.agent.persona import load_persona
from custom_components.athena.brain import phrases
from custom_components.athena.deed import Deed, Result
from custom_components.athena.outputs.deeds.doer import Doer, Patience

from .liars import Liar, Way, async_furnish

HURRIED: Final = Patience(answers=0.1, shows=0.02, in_all=60.0)
"""What is called a failure here for being slow may be none: the claim is only that no failure is called a success."""
NUMBERS: Final = count()

LAMPS = st.lists(st.tuples(st.sampled_from(Way), st.booleans()), min_size=1, max_size=4)
ORDERS: Final[st.SearchStrategy[tuple[str, dict[str, int]]]] = st.one_of(
    st.just(("turn_off", {})),
    st.builds(lambda percent: ("turn_on", {"brightness_pct": percent}), st.integers(1, 100)),
    st.just(("turn_on", {})),
    st.just(("toggle", {})),
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(lamps=LAMPS, order=ORDERS, kind=st.sampled_from([None, "lights"]), together=st.booleans())
async def test_a_reply_never_claims_what_no_state_shows(
    hass: HomeAssistant,
    athena: MockConfigEntry,
    lamps: list[tuple[Way, bool]],
    order: tuple[str, dict[str, int]],
    kind: str | None,
    together: bool,
) -> None:
    furnished = [Liar(f"lamp_{next(NUMBERS)}", way, on=on) for way, on in lamps]
    await async_furnish(hass, *furnished)
    entities = tuple(lamp.entity_id for lamp in furnished)
    named = [entities] if together else [(entity,) for entity in entities]
    action, data = order
    deeds = [Deed(domain="light", action=action, entities=each, data=data, kind=kind) for each in named]
    outcomes = await Doer(hass, athena, HURRIED).async_do_all(deeds, Context())
    teller = Teller(home=Home(), states=hass.states.get, persona=load_persona("en"))
    said = teller.told(outcomes)

    there = [state for entity in entities if (state := hass.states.get(entity)) is not None]
    lit = [state for state in there if state.state != "unavailable"]
    for outcome in outcomes:
        if outcome.result is Result.DONE and action != "toggle":
            wanted = "on" if action == "turn_on" else "off"
            assert all(hass.states.is_state(entity, wanted) for entity in outcome.deed.entities)
    if any(outcome.result is Result.FAILED for outcome in outcomes):
        assert said == phrases.WENT_WRONG
        return
    if said == phrases.UNDERSTOOD:
        return
    for line in said.removesuffix(".").split(". "):
        subject, _, claim = line.partition(" at ") if " at " in line else line.rpartition(" ")
        meant = lit if subject == "Lights" else [state for state in there if state.name == subject]
        assert meant, said
        for state in meant:
            if claim.endswith(" percent"):
                percent = int(claim.removesuffix(" percent"))
                assert abs(state.attributes["brightness"] / 2.55 - percent) <= 1
                assert abs(percent - data["brightness_pct"]) <= 3
            else:
                assert state.state == claim, said
