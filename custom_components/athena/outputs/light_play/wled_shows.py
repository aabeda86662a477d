"""Which effects of WLED's play an animation, and how each is set."""

from dataclasses import dataclass
from typing import Final

from ...brain.animations import GOLDEN_SHIMMER, PULSE, SUNRISE
from ...brain.colors import AMBER, CREAM, GOLD, Rgb

BLACK: Final[Rgb] = (0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """An effect of WLED's, and how it is set."""

    effect: str
    palette: str
    speed: int | None = None
    """None: as many minutes as it lasts."""
    intensity: int = 128
    colours: tuple[Rgb, Rgb, Rgb] | None = None
    """Primary, secondary, tertiary; None: the palette has all there is to it."""


SHOWS: Final[dict[str, tuple[Show, ...]]] = {
    GOLDEN_SHIMMER.key: (
        # Waves of brightness; at 42 frames a second, WLED's own, the palette goes round in 2.7 s.
        Show(effect="Colorwaves", palette="* Color Gradient", speed=72, colours=(GOLD, AMBER, CREAM)),
        Show(effect="Running", palette="* Colors Only", speed=200, intensity=40, colours=(GOLD, AMBER, CREAM)),
        Show(effect="Chase", palette="* Colors Only", speed=170, colours=(GOLD, AMBER, CREAM)),
    ),
    PULSE.key: (Show(effect="Breathe", palette="* Color 1", speed=48, colours=(AMBER, BLACK, BLACK)),),
    SUNRISE.key: (Show(effect="Sunrise", palette="Fire"),),
}
"""By animation, the best first."""
