"""What an animation is: how light changes over time, as data."""

from dataclasses import dataclass

from .colors import Rgb


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyframe:
    """How a light looks at one moment; between two moments it goes from one to the other."""

    at: float
    """When, as a fraction of the light's own part of the duration: 0 to 1."""
    brightness: int
    """Percent, 1 to 100."""
    rgb: Rgb | None = None
    kelvin: int | None = None
    """Neither: the colour stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """How one light looks at one moment of a played animation."""

    at: float
    """Seconds after the animation began."""
    brightness: int
    """Percent."""
    rgb: Rgb | None = None
    kelvin: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Animation:
    """A light programme."""

    key: str
    """The wire name."""
    duration: float
    """Seconds, unless the order says otherwise."""
    keyframes: tuple[Keyframe, ...]
    """In order; the first is at 0, the last at 1."""
    wave: float = 0.0
    """By what fraction of the duration the last light begins later than the first; the others lie between."""
    effects: tuple[str, ...] = ()
    """Names under which a light may offer the same by itself, the best first; case does not matter."""

    def frames(self, duration: float, lights: int) -> tuple[tuple[Frame, ...], ...]:
        """Return what each of so many lights does within `duration` seconds; all of them are done at its end."""
        own = duration * (1.0 - self.wave) if lights > 1 else duration
        lag = (duration - own) / (lights - 1) if lights > 1 else 0.0
        return tuple(
            tuple(
                Frame(
                    at=light * lag + keyframe.at * own,
                    brightness=keyframe.brightness,
                    rgb=keyframe.rgb,
                    kelvin=keyframe.kelvin,
                )
                for keyframe in self.keyframes
            )
            for light in range(lights)
        )
