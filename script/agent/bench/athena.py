"""Athena in the house that the bench builds: with its rooms, and with the leave to open what its set wants opened."""

import asyncio
from collections.abc import Iterator, Mapping
from typing import Any, Final

from homeassistant.components import conversation
from homeassistant.config_entries import ConfigEntry, ConfigEntryState, ConfigSubentryData
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.agent.guard.risk import CONF_ALLOWED
from custom_components.athena.agent.router import Router
from custom_components.athena.agent.tiers.tier import Tier
from custom_components.athena.brain.room_state import RoomState
from custom_components.athena.const import CONF_NAME, DOMAIN, SUBENTRY_ROOM
from custom_components.athena.conversation import AthenaAgent

from ..virtual.house import House
from .cases import CaseSet

ENTITY: Final = "conversation.athena"
RISKY: Final = frozenset({"lock", "cover", "valve", "alarm_control_panel"})
MATCHERS: Final = frozenset({"home_assistant", "gazetteer"})
"""The tiers that are Home Assistant's."""


def risky(cases: CaseSet) -> Iterator[str]:
    """Return the entities of a set that could be opened, unlocked or disarmed."""
    return (thing.id for group in cases.groups for thing in group.home.things if thing.domain in RISKY)


async def async_at_home(house: House, may_open: frozenset[str] = frozenset()) -> bool:
    """Let Athena live in the home that stands now; return whether she does: what is being written may not start."""
    rooms = {area: key for key, area in house.areas.items() if house.spec.areas[key].is_room}
    options = {CONF_NAME: "Arman", CONF_ALLOWED: sorted(may_open)}
    entry = entry_of(house)
    if entry is None or entry.options != options or {each.unique_id for each in entry.subentries.values()} != {*rooms}:
        if entry is not None:
            await house.hass.config_entries.async_remove(entry.entry_id)
        entry = _entry({area: house.spec.areas[key].name for area, key in rooms.items()}, options)
        entry.add_to_hass(house.hass)
        await house.hass.config_entries.async_setup(entry.entry_id)
    await house.hass.async_block_till_done()
    return entry.state is ConfigEntryState.LOADED and conversation.async_get_agent(house.hass, ENTITY) is not None


def _entry(rooms: Mapping[str, str], options: Mapping[str, Any]) -> MockConfigEntry:
    return MockConfigEntry(
        domain=DOMAIN,
        title="Athena",
        options=options,
        subentries_data=[
            ConfigSubentryData(data={}, subentry_type=SUBENTRY_ROOM, title=name, unique_id=area)
            for area, name in rooms.items()
        ],
    )


def entry_of(house: House) -> ConfigEntry | None:
    """Return Athena's entry."""
    return next(iter(house.hass.config_entries.async_entries(DOMAIN)), None)


def settle(house: House, rooms: Mapping[str, str]) -> None:
    """Let the rooms know of the people in them, and forget what was talked about."""
    entry = entry_of(house)
    if entry is None or entry.state is not ConfigEntryState.LOADED:
        return
    keys = {area: key for key, area in house.areas.items()}
    for area, room in entry.runtime_data.house.rooms.items():
        state = rooms.get(keys[area], "occupied").upper()
        room._mind.state = RoomState(state)  # noqa: SLF001  no rule shall turn a light on for it
    if isinstance(agent := conversation.async_get_agent(house.hass, ENTITY), AthenaAgent):
        agent.turns.dialogue.forget()  # satellites are remembered, too


def handed_to(house: House) -> tuple[str | None, Mapping[str, str]]:
    """Return the intent whose handler Athena gave the last sentence to, and what it was told; None: to none."""
    entry = entry_of(house)
    turns = entry.runtime_data.traces.as_list(with_texts=True) if entry is not None else []
    steps = turns[-1]["deeds"] if turns else []
    return next(((step["intent"], step["slots"]) for step in steps if "intent" in step), (None, {}))


class Modes:
    """Switches Home Assistant's matchers off and on in Athena's router."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._all: dict[int, tuple[Tier, ...]] = {}

    def whole(self) -> None:
        """Ask every tier."""
        router = self._router()
        router.tiers = self._all[id(router)]

    def alone(self) -> None:
        """Ask Athena's own tiers only."""
        router = self._router()
        router.tiers = tuple(tier for tier in self._all[id(router)] if tier.name not in MATCHERS)

    async def async_ready(self) -> None:
        """Wait until she has got ready by herself, as she does when she starts."""
        entry = entry_of(self._house)
        assert entry is not None
        tasks: set[asyncio.Task[Any]] = entry._background_tasks  # type: ignore[assignment]  # noqa: SLF001
        await asyncio.gather(*(task for task in tasks if "agent" in task.get_name()))

    def _router(self) -> Router:
        agent = conversation.async_get_agent(self._house.hass, ENTITY)
        assert isinstance(agent, AthenaAgent)
        router = agent.turns.router
        self._all.setdefault(id(router), router.tiers)
        return router
