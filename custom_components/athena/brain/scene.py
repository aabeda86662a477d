"""What a scene is: how the lights look, and what is said."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .animation import Animation
from .colors import Rgb


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a light looks once it has settled."""

    brightness: int
    """Percent; 0 is off."""
    fade: float
    """Seconds until it looks so."""
    rgb: Rgb | None = None
    kelvin: int | None = None
    """Neither: the colour stays."""
    effect: str | None = None
    """One of the light's own, where it has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One scene: of every room, or a user's own of one."""

    key: str
    """The wire name, the translation key and the name in a sentence."""
    look: Look
    line: str
    """What Athena says with it, if anything; `{comma_name}` is ", Arman", or nothing where she knows no name."""
    animation: Animation | None = None
    """What the lights do first."""
    lights: Mapping[str, Look] = field(default_factory=dict)
    """Single lights by entity id. Where there are any, `look` is of no light, and all others stay as they are."""
    name: str | None = None
    """How it is called where no translation has its key."""
    icon: str | None = None
    """Its icon where `icons.json` has none for its key: `mdi:movie-open`."""

    @property
    def is_light(self) -> bool:
        """Whether any light is on once they have settled."""
        looks = self.lights.values() or (self.look,)
        return any(look.brightness > 0 for look in looks)
