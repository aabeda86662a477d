"""Ends a process when its parent does, however that ends: a model takes gigabytes that nobody would free.

As a program, `python tied.py PROGRAM ARGUMENT ...` becomes that program, tied.
"""

import ctypes
import os
import signal
import sys
from typing import Final

_PR_SET_PDEATHSIG: Final = 1


def tie_to_parent() -> None:
    """Have the system kill this process when its parent ends; does nothing where the system cannot."""
    if sys.platform != "linux":
        return
    parent = os.getppid()
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended in between
        sys.exit(1)


if __name__ == "__main__":
    tie_to_parent()
    os.execv(sys.argv[1], sys.argv[1:])  # noqa: S606 (there is no shell in it)
