"""Light that runs over the lamps as over a gold chain (PRD §9, Welcome Scene)."""

from typing import Final

from ..animation import Animation, Keyframe
from ..colors import AMBER, CREAM, GOLD

GOLDEN_SHIMMER: Final = Animation(
    key="golden_shimmer",
    duration=2.5,
    keyframes=(
        Keyframe(at=0.0, brightness=60, rgb=GOLD),
        Keyframe(at=0.25, brightness=100, rgb=CREAM),
        Keyframe(at=0.5, brightness=40, rgb=AMBER),
        Keyframe(at=0.75, brightness=90, rgb=GOLD),
        Keyframe(at=1.0, brightness=70, rgb=GOLD),
    ),
    wave=0.3,
    effects=("Golden Shimmer", "Running", "Chase"),  # a user's own; then those of WLED, in the colour they are given
)
