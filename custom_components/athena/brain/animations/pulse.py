"""One soft breath of warm light: look here."""

from typing import Final

from ..animation import Animation, Keyframe
from ..colors import AMBER

PULSE: Final = Animation(
    key="pulse",
    duration=4.0,
    keyframes=(
        Keyframe(at=0.0, brightness=30, rgb=AMBER),
        Keyframe(at=0.5, brightness=80, rgb=AMBER),
        Keyframe(at=1.0, brightness=30, rgb=AMBER),
    ),
    effects=("Breathe", "Pulse"),
)
