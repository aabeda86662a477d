"""Rule 6: Athena can say why she did a thing."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from .room_state import Why

KEPT: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Something that Athena did in a room."""

    at: datetime
    """Aware UTC."""
    what: str
    """The wire type of the order, or the state of the room."""
    why: Why
    scene: str | None = None
    """The lights, as they look since."""
    by: tuple[str, ...] = ()
    """The sources that say so."""

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {"at": self.at.isoformat(), "what": self.what, "why": self.why, "scene": self.scene, "by": list(self.by)}

    @classmethod
    def from_dict(cls, stored: dict[str, Any]) -> "Decision":
        """Return it as it was stored; raise KeyError, TypeError or ValueError for what is not a decision."""
        if not isinstance(stored["scene"], str | None):
            raise TypeError(f"{stored['scene']!r} is no scene")
        at = datetime.fromisoformat(stored["at"])
        if at.tzinfo is None:
            raise ValueError(f"{stored['at']} has no time zone")
        return cls(at=at, what=stored["what"], why=Why(stored["why"]), scene=stored["scene"], by=tuple(stored["by"]))


class Decisions:
    """The last things that Athena did in a room."""

    def __init__(self) -> None:
        self._kept: deque[Decision] = deque(maxlen=KEPT)

    def add(self, decision: Decision) -> None:
        """Keep one; the oldest goes."""
        self._kept.append(decision)

    @property
    def all(self) -> tuple[Decision, ...]:
        """The newest last."""
        return tuple(self._kept)

    @property
    def lights(self) -> Decision | None:
        """Why the lights look as they do."""
        return next((one for one in reversed(self._kept) if one.scene is not None or one.what == "lights"), None)
