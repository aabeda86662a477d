"""What a make of light is: how a light plays an animation by itself, so that it goes on without Home Assistant."""

from dataclasses import dataclass
from typing import ClassVar, Protocol

from homeassistant.components.light import ATTR_EFFECT
from homeassistant.const import SERVICE_TURN_ON
from homeassistant.core import HomeAssistant, State, callback
from homeassistant.helpers.entity_registry import RegistryEntry

from ...brain.animation import Animation, Frame
from .ability import offered, told
from .step import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one light has to play."""

    state: State
    animation: Animation
    duration: float
    """Seconds."""
    frames: tuple[Frame, ...]
    """Its own, for a light that has to be told each moment."""
    lights: frozenset[str]
    """All lights that play, this one among them."""

    @property
    def brightness(self) -> int:
        """Return the percent of the brightest moment, which an effect of the light's own has to be given."""
        return max(frame.brightness for frame in self.frames)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a light plays it by itself."""

    steps: tuple[Step, ...]
    """What begins it."""
    is_running: bool = False
    """It plays already, since before Athena was loaded."""
    has_end: bool = True
    """Something has to end it once it is over."""


class Make(Protocol):
    """A make of light that plays in a way of its own."""

    platform: ClassVar[str]
    """Home Assistant's integration for it."""

    @callback
    def plan(self, hass: HomeAssistant, entry: RegistryEntry, part: Part) -> Plan | None:
        """Return how a light plays its part by itself; None where it cannot."""

    @callback
    def is_whole(self, hass: HomeAssistant, entry: RegistryEntry, lights: frozenset[str]) -> bool:
        """Return whether this dims a whole, and some of `lights` its parts: what one sees is both, multiplied."""


def plan_by_name(part: Part) -> Plan | None:
    """Return how a light plays it that offers an effect of that name."""
    effect = next((name for wanted in part.animation.effects if (name := offered(part.state, wanted))), None)
    if effect is None:
        return None
    first = part.frames[0]
    data = {**told(part.brightness, first.rgb, first.kelvin), ATTR_EFFECT: effect}
    step = Step(at=first.at, lights=(part.state.entity_id,), service=SERVICE_TURN_ON, data=data, settles=part.duration)
    return Plan(steps=(step,), is_running=part.state.attributes.get(ATTR_EFFECT) == effect)
