"""What a process of the house holds at a moment."""

import os
from dataclasses import dataclass
from pathlib import Path

from .processes import Process


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What one process and its children hold, as Linux counts it."""

    rss_kib: int
    files: int
    """Open files and sockets."""

    threads: int


def usage_of(process: Process) -> Usage:
    """Return what a process that runs holds, its children included."""
    assert process.pid is not None  # it runs
    family = [path for pid in _family(process.pid) if (path := Path("/proc", str(pid))).exists()]
    return Usage(
        rss_kib=sum(_status(path, "VmRSS") for path in family),
        files=sum(len(os.listdir(path / "fd")) for path in family),  # noqa: PTH208 (the names alone: each may be gone)
        threads=sum(_status(path, "Threads") for path in family),
    )


def _family(pid: int) -> list[int]:
    children = Path("/proc", str(pid), "task", str(pid), "children").read_text().split()
    return [pid, *(one for child in children for one in _family(int(child)))]


def _status(path: Path, name: str) -> int:
    line = next(line for line in (path / "status").read_text().splitlines() if line.startswith(f"{name}:"))
    return int(line.split()[1])
