"""The clock of the house, which is set right by some seconds once in a while, and when the house is off."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from .truth import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """Between real seconds since the night began and what the house takes them for."""

    start: datetime
    jump_at: float = 0.0
    """When it is set right."""
    wrong_by: float = 0.0
    """Seconds that it was ahead until then."""

    def reads(self, real: float) -> datetime:
        """Return what it shows at that moment."""
        return self.start + timedelta(seconds=real + self.wrong_by if real < self.jump_at else real)

    def real(self, reading: datetime) -> float:
        """Return the first moment at which it shows that or later."""
        seconds = (reading - self.start).total_seconds()
        if seconds - self.wrong_by < self.jump_at:
            return seconds - self.wrong_by
        return max(self.jump_at, seconds)


def ideal_ring(due: float, cut: Span | None, grace: float) -> float | None:
    """Return when what is due then rings where the house is off in `cut`; none: too late."""
    if cut is None or not cut[0] <= due < cut[1]:
        return due
    return cut[1] if cut[1] - due <= grace else None
