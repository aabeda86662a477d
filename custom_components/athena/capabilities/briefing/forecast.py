"""What a forecast says of the rest of today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from typing import Any, Final, Self

from homeassistant.util import dt as dt_util

from ...companion.greeted import NOON

WET: Final = frozenset({"rainy", "pouring", "lightning-rainy", "snowy", "snowy-rainy", "hail"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What is forecast for the rest of today."""

    highs: tuple[int, ...] = ()
    sky: str | None = None
    """The first wet sky."""

    @classmethod
    def of(cls, told: Sequence[Mapping[str, Any]], now: datetime, *, is_hourly: bool) -> Self:
        """Read a forecast; a whole day's says nothing of when it will be wet, so in the afternoon it may be over."""
        today = [
            one
            for one in told
            if (at := dt_util.parse_datetime(str(one.get("datetime")))) is not None
            and dt_util.as_local(at).date() == now.date()
            and (not is_hourly or dt_util.as_local(at) >= now)
        ]
        highs = (degrees_of(one.get("temperature")) for one in today)
        skies = [one.get("condition") for one in today] if is_hourly or now.time() < NOON else []
        return cls(
            highs=tuple(high for high in highs if high is not None),
            sky=next((str(sky) for sky in skies if sky in WET), None),
        )


def degrees_of(said: object) -> int | None:
    """Return a temperature as it is said; None where there is none."""
    return round(said) if isinstance(said, int | float) and isfinite(said) else None
