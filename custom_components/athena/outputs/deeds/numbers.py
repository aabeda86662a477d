"""Numbers, as attributes and the data of actions hold them."""

from collections.abc import Sequence


def number_of(value: object) -> float | None:
    """Return a number that is one or is written as one, as Home Assistant's actions take both; else None."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return float(value)
    except ValueError:
        return None


def numbers_of(values: object, count: int) -> tuple[float, ...] | None:
    """Return so many numbers in a row; None where it is not that."""
    if not isinstance(values, Sequence) or isinstance(values, str) or len(values) != count:
        return None
    found = [number for value in values if (number := number_of(value)) is not None]
    return tuple(found) if len(found) == count else None
