"""What this process holds of the machine's memory."""

import os
from pathlib import Path

import pytest

STATM = Path("/proc/self/statm")
needs_proc = pytest.mark.skipif(not STATM.exists(), reason="memory is read from Linux's /proc")

MIB = 1024 * 1024


def resident() -> int:
    """Return the bytes that are resident."""
    return int(STATM.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
