"""The brain's orders, carried out by the outputs; what fails is told once."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from .brain.commands import Command
from .journal import Journal
from .output import LeftOut, Output
from .rooms import RoomConfig

_LOGGER = logging.getLogger(__name__)

type Outcome = Callable[[Command, Exception | None], None]
"""Takes in what an order has failed with, None where it was carried out; of one that was left out it is not told."""


class Orders:
    """What is ordered in a house."""

    def __init__(
        self,
        hass: HomeAssistant,
        outputs: Iterable[type[Output[Any]]],
        entry: ConfigEntry[Any],
        rooms: Mapping[str, RoomConfig],
        journal: Journal,
        outcome: Outcome,
    ) -> None:
        self._hass = hass
        self._entry = entry
        self._rooms = rooms
        self._journal = journal
        self._outcome = outcome
        self._outputs: dict[type[Command], Output[Any]] = {output.command: output(entry) for output in outputs}
        self._failing: dict[tuple[str, str], set[str]] = {}
        self._faults: set[tuple[str, str]] = set()

    def start(self, command: Command, context: Context) -> asyncio.Task[Exception | None] | None:
        """Begin to carry out an order, at the loop's next turn; the task returns what it failed with.

        Return None for an order that is no output's.
        """
        if type(command) not in self._outputs:
            return None
        return self._entry.async_create_background_task(
            self._hass,
            self._async_try(command, context),
            f"athena {command.type} {command.room}",
            eager_start=False,
        )

    async def async_carry_out(self, command: Command, context: Context) -> LeftOut | None:
        """Carry out an order; return why where it is left out, raise HomeAssistantError where it fails."""
        output = self._outputs[type(command)]
        return await output.async_carry_out(self._hass, self._rooms[command.room], command, context)

    async def _async_try(self, command: Command, context: Context) -> Exception | None:
        """Carry out an order: logged once when it begins to fail, once when all of its kind works again.

        A scene that waits for the end of an animation has not shown yet that the lights work.
        """
        title = self._rooms[command.room].title
        try:
            left_out = await self.async_carry_out(command, context)
        except HomeAssistantError as err:
            if self._begins_to_fail(command):
                _LOGGER.warning("%s in %s failed: %s", command.type, title, self._journal.reason(command, err))
            self._outcome(command, err)
            return err
        except Exception as err:
            self._begins_to_fail(command)
            if (command.room, command.type) not in self._faults:
                self._faults.add((command.room, command.type))
                _LOGGER.exception("%s in %s failed", command.type, title)
            self._outcome(command, err)
            return err
        if left_out is None:
            self._has_worked(command)
        return None

    def _begins_to_fail(self, command: Command) -> bool:
        failing = self._failing_like(command)
        begins = not failing
        failing.add(command.type)
        return begins

    def _has_worked(self, command: Command) -> None:
        failing = self._failing_like(command)
        self._faults.discard((command.room, command.type))
        if command.type in failing:
            failing.discard(command.type)
            if not failing:
                kind = command.type.partition(".")[0]
                _LOGGER.info("%s in %s works again", kind, self._rooms[command.room].title)
        self._outcome(command, None)

    def _failing_like(self, command: Command) -> set[str]:
        """Return what fails of the order's kind in its room."""
        return self._failing.setdefault((command.room, command.type.partition(".")[0]), set())
