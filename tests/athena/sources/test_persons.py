"""Who lives here tells whether somebody is at home."""

import pytest
from homeassistant.core import HomeAssistant

from custom_components.athena.sources.persons import PersonsSource

from .conftest import Watch


async def test_everybody_of_the_home_is_told_of_also_who_is_added_later(hass: HomeAssistant, watch: Watch) -> None:
    hass.states.async_set("person.arman", "home")
    hass.states.async_set("person.sara", "Office")
    facts = await watch(PersonsSource())
    assert sorted(await facts.all()) == [("person.away", "person.sara"), ("person.home", "person.arman")]
    hass.states.async_set("person.guest", "not_home")
    assert await facts.all() == [("person.away", "person.guest")]
    hass.states.async_set("person.sara", "home")
    assert await facts.all() == [("person.home", "person.sara")]


async def test_who_goes_from_one_place_to_another_is_away_once(hass: HomeAssistant, watch: Watch) -> None:
    hass.states.async_set("person.arman", "not_home")
    facts = await watch(PersonsSource())
    await facts.all()
    hass.states.async_set("person.arman", "Office")
    assert await facts.all() == []


@pytest.mark.parametrize("state", ["unknown", "unavailable"])
async def test_of_whom_nothing_is_known_is_told_as_that_and_not_as_away(
    hass: HomeAssistant, watch: Watch, state: str
) -> None:
    hass.states.async_set("person.arman", state)
    facts = await watch(PersonsSource())
    assert await facts.all() == [("sensor.lost", "person.arman")]
    hass.states.async_set("person.arman", "home")
    assert await facts.all() == [("person.home", "person.arman")]
    hass.states.async_set("person.arman", state)
    hass.states.async_remove("person.arman")
    assert set(await facts.all()) == {("sensor.lost", "person.arman")}


async def test_where_persons_are_chosen_the_others_do_not_count(hass: HomeAssistant, watch: Watch) -> None:
    hass.states.async_set("person.arman", "home")
    hass.states.async_set("person.cleaner", "home")
    facts = await watch(PersonsSource(), persons=("person.arman",))
    assert await facts.all() == [("person.home", "person.arman")]
