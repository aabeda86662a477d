"""What a scene is: how the lights look, and what is said."""

from dataclasses import dataclass

type Rgb = tuple[int, int, int]

GOLD: Rgb = (0xFF, 0xD7, 0x00)  # PRD §9
AMBER: Rgb = (0xFF, 0xC1, 0x07)  # PRD §9


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How the lights of a room look once they have settled."""

    brightness: int
    """Percent; 0 is off."""
    fade: float
    """Seconds until they look so."""
    rgb: Rgb | None = None
    kelvin: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One scene of every room."""

    key: str
    """The wire name, the translation key and the name in a sentence."""
    look: Look
    line: str
    """What Athena says with it; `{comma_name}` is ", Arman", or nothing where she knows no name."""

    @property
    def is_light(self) -> bool:
        """Whether the lights are on once they have settled."""
        return self.look.brightness > 0
