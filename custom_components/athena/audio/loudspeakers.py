"""The loudspeakers of one room: whose turn it is on each, and how loud it was."""

from dataclasses import dataclass, field

from .turn import Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeBefore:
    """How loud a media player was before an order, and how loud the order made it."""

    level: float | None
    """0 to 1; None where it does not tell."""
    muted: bool
    ours: float


@dataclass(slots=True, eq=False)
class Loudspeakers:
    """What the orders to be heard in a room know of each other."""

    volumes: dict[str, VolumeBefore] = field(default_factory=dict)
    """Of the media players whose volume is not their own just now, by entity id."""
    is_restored_on_unload: bool = False
    _turns: dict[str, Turn] = field(default_factory=dict)

    def turn(self, loudspeaker: str) -> Turn:
        """Return the turn on a satellite or a media player, by its entity id."""
        return self._turns.setdefault(loudspeaker, Turn())
