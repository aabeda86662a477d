"""Deep red, amber, warm white: slow enough not to be noticed (PRD §9, Alarm Sequence; phase 4: 10-15 min)."""

from typing import Final

from ..animation import Animation, Keyframe
from ..colors import AMBER, DAYBREAK, EMBER, ORANGE, SUNLIGHT

SUNRISE: Final = Animation(
    key="sunrise",
    duration=12 * 60.0,
    keyframes=(
        Keyframe(at=0.0, brightness=1, rgb=EMBER),
        Keyframe(at=0.25, brightness=6, rgb=ORANGE),
        Keyframe(at=0.5, brightness=18, rgb=AMBER),
        Keyframe(at=0.75, brightness=45, rgb=DAYBREAK),
        Keyframe(at=1.0, brightness=100, kelvin=SUNLIGHT),
    ),
    effects=("Sunrise",),
)
