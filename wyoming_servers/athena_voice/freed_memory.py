"""Memory that the C library keeps for itself after it was freed."""

import ctypes
from typing import Any, Final

_TRIM: Final[Any] = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc's; others give back by themselves


def give_back() -> None:
    """Give the system what is free. Takes some milliseconds: for after a flood, not for each request."""
    if _TRIM is not None:
        _TRIM(0)
