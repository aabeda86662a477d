"""The table that a benchmark prints: one for people, and with `--json` one for programs on the last line."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One measured value; a median where it was measured more than once."""

    name: str
    value: float
    unit: str
    peer: float | None = None
    """The same of the peer, measured in the same run."""
    ratio: float | None = None
    """Ours to the peer's: below 1 is less."""


def print_table(title: str, rows: Sequence[Row], *, as_json: bool) -> None:
    """Print it, as Markdown that can be pasted into a document."""
    peers = any(row.peer is not None for row in rows)
    print(f"\n{title}\n")
    print("| | | |" + (" peer | ratio |" if peers else ""))
    print("|---|---:|---|" + ("---:|---:|" if peers else ""))
    for row in rows:
        print(f"| {row.name} | {_number(row.value)} | {row.unit} |" + (_of_peer(row) if peers else ""))
    if as_json:
        print(json.dumps([_without_gaps(row) for row in rows]))


def _of_peer(row: Row) -> str:
    return f" {_number(row.peer)} | {_number(row.ratio)} |"


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value == int(value) or abs(value) >= 1000 else f"{value:.3g}"


def _without_gaps(row: Row) -> dict[str, object]:
    return {key: value for key, value in asdict(row).items() if value is not None}
