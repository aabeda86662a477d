"""A home in which blueprints are set up and run: real triggers, real lights, time that passes when it is told to."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import Context, HomeAssistant, ServiceCall
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed

from custom_components.athena.brain.events import Event

BLUEPRINTS: Final = Path(__file__).parents[2] / "blueprints"
FILES: Final = sorted(BLUEPRINTS.glob("*/athena/*.yaml"))
BEDROOM: Final = "bedroom"
LAMP: Final = "light.bedroom_lamp"
KITCHEN: Final = "light.kitchen_light"
STEP: Final = 5.0
"""Seconds between two looks at the clock, where not much time passes."""
LOOKS: Final = 40
"""How often one looks at the clock at most while time passes."""
IDLE_TURNS: Final = 5
"""Of the event loop, after which nothing is under way any more."""


def _use(blueprint: str, inputs: Mapping[str, Any]) -> dict[str, Any]:
    return {"use_blueprint": {"path": f"athena/{blueprint}.yaml", "input": dict(inputs)}}


class Runs:
    """The home, and what happens in it."""

    def __init__(self, hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory) -> None:
        self.hass = hass
        self.athena = athena
        self.said: list[str] = []
        """What was said in the room of the last satellite that was put."""
        self._freezer = freezer

    async def async_automate(self, blueprint: str, **inputs: Any) -> str:
        """Make an automation of a blueprint, and return its entity."""
        await self.async_automate_all({blueprint: inputs})
        return f"automation.{blueprint}"

    async def async_automate_all(self, blueprints: Mapping[str, Mapping[str, Any]]) -> None:
        """Make an automation of each blueprint with its inputs."""
        config = [{"id": name, "alias": name, **_use(name, inputs)} for name, inputs in blueprints.items()]
        assert await async_setup_component(self.hass, "automation", {"automation": config})
        await self.async_settle()

    async def async_script(self, blueprint: str, **inputs: Any) -> str:
        """Make a script of a blueprint, and return its entity."""
        await self.async_script_all({blueprint: inputs})
        return f"script.{blueprint}"

    async def async_script_all(self, blueprints: Mapping[str, Mapping[str, Any]]) -> None:
        """Make a script of each blueprint with its inputs."""
        config = {name: _use(name, inputs) for name, inputs in blueprints.items()}
        assert await async_setup_component(self.hass, "script", {"script": config})
        await self.async_settle()

    async def async_settle(self) -> None:
        """Let what is under way happen; a run that waits for time goes on waiting."""
        for _ in range(2):
            idle = 0
            while idle < IDLE_TURNS:
                await asyncio.sleep(0)
                idle = 0 if self.hass.loop._ready else idle + 1  # type: ignore[attr-defined]
            for threads in (None, self.hass.import_executor):  # what they were asked for is answered by then
                await self.hass.loop.run_in_executor(threads, int)

    async def async_pass(self, **amount: float) -> None:
        """Let time pass, and everything happen that is due meanwhile."""
        left = timedelta(**amount).total_seconds()
        step = max(STEP, left / LOOKS)
        while left > 0:
            self._freezer.tick(min(step, left))
            left -= step
            async_fire_time_changed(self.hass)
            await self.async_settle()

    async def async_move(self, area: str, *, somebody: bool) -> None:
        """Let the motion sensor of an area see somebody, or nobody any more."""
        await self.async_act(f"input_boolean.turn_{'on' if somebody else 'off'}", entity_id=f"input_boolean.{area}")

    async def async_tell(self, fact: type[Event], room: str = BEDROOM, source: str = "test", **fields: Any) -> None:
        """Let Athena know of something that has happened."""
        self.athena.runtime_data.handle(fact(room=room, at=dt_util.utcnow(), source=source, **fields))
        await self.async_settle()

    async def async_act(self, action: str, context: Context | None = None, **data: Any) -> None:
        """Call an action, as a person would from the app where the context says so."""
        domain, service = action.split(".")
        await self.hass.services.async_call(domain, service, data, blocking=True, context=context)
        await self.async_settle()

    async def async_put_satellite(self, area: str) -> list[str]:
        """Put something that speaks into an area, and return what it is told to say from now on."""
        said: list[str] = []

        async def announce(call: ServiceCall) -> None:
            said.append(call.data["message"])

        self.hass.services.async_register("assist_satellite", "announce", announce)
        registry = er.async_get(self.hass)
        satellite = registry.async_get_or_create("assist_satellite", "test", area, suggested_object_id=area)
        registry.async_update_entity(satellite.entity_id, area_id=area)
        self.hass.states.async_set(satellite.entity_id, "idle")
        await self.async_settle()
        return said

    def is_on(self, entity: str) -> bool:
        """Return whether it is on."""
        return self.hass.states.is_state(entity, "on")

    def percent(self, light: str) -> int:
        """Return how bright a light is; 0: off."""
        state = self.hass.states.get(light)
        assert state is not None
        return round((state.attributes.get("brightness") or 0) / 2.55)
