"""Sets of stretches of time, as sorted lists of (start, end)."""

import heapq
from collections.abc import Iterable

from .truth import Span


def union(*sets: Iterable[Span], gap: float = 0.0) -> list[Span]:
    """Return what is in any of them; stretches no more than `gap` seconds apart become one. Each must be sorted."""
    joined: list[Span] = []
    for start, end in heapq.merge(*sets):
        if joined and start <= joined[-1][1] + gap:
            if end > joined[-1][1]:
                joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def without(spans: Iterable[Span], holes: list[Span]) -> list[Span]:
    """Return `spans` less `holes`; both are sorted and do not overlap."""
    left: list[Span] = []
    for start, end in spans:
        for hole_start, hole_end in holes:
            if hole_end <= start or hole_start >= end:
                continue
            if hole_start > start:
                left.append((start, hole_start))
            start = max(start, hole_end)  # noqa: PLW2901 (what is left of this span)
        if start < end:
            left.append((start, end))
    return left
