"""Presence in a recorded room, beside PIR timers."""

import argparse
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

from ..alone import brain_alone

brain_alone()

from custom_components.athena.brain.sensors import WORTH, SensorKind  # noqa: E402
from custom_components.athena.brain.settings import RoomSettings  # noqa: E402

from .occupied import Score, athena, score, timer, worth  # noqa: E402
from .recorded_room import LOUD, RISES, ROOM, SENSORS, Sample, Thresholds, read  # noqa: E402
from .table import Row, print_table  # noqa: E402

RECORDING: Final = Path(__file__).resolve().parents[4] / "shared" / "data" / "room_occupancy.csv"
FIVE: Final = timedelta(minutes=5)
TEN: Final = timedelta(minutes=10)
SHARES: Final = (0.5, 1.5)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="script/bench occupancy", description=__doc__)
    parser.add_argument("--json", action="store_true", help="the table as JSON on the last line")
    arguments = parser.parse_args()
    if not RECORDING.exists():
        print(f"skipped: {RECORDING} is not there")
        if arguments.json:
            print(json.dumps([]))
        return
    samples = read(RECORDING)
    rows = [*_timers(samples), *_ours(samples), *_sensitivity(samples)]
    print_table("Presence in a recorded room", rows, as_json=arguments.json)


def _timers(samples: list[Sample]) -> Iterator[Row]:
    for after in (FIVE, TEN):
        yield from _rows(f"PIR timer, {after.seconds // 60} min", score(samples, timer(samples, after)))


def _ours(samples: list[Sample]) -> Iterator[Row]:
    peer = score(samples, timer(samples, TEN))
    yield from _rows("Athena", score(samples, athena(samples)), peer)
    yield from _rows("Athena, blanks say nothing", score(samples, athena(samples, blank_is_lost=False)), peer)
    for left_out in (SensorKind.SOUND, SensorKind.AIR):
        rest = {name: kind for name, kind in SENSORS.items() if kind is not left_out}
        yield from _rows(f"Athena without {left_out}", score(samples, athena(samples, sensors=rest)), peer)
    pirs: dict[str, SensorKind] = {name: kind for name, kind in SENSORS.items() if kind is SensorKind.PIR}
    yield from _rows("Athena with PIRs alone", score(samples, athena(samples, sensors=pirs)), peer)


def _sensitivity(samples: list[Sample]) -> Iterator[Row]:
    usual = RoomSettings(room=ROOM).empty_after
    for share in SHARES:
        settings = RoomSettings(room=ROOM, empty_after=usual * share)
        yield from _rows(f"empty_after × {share}", score(samples, athena(samples, settings=settings)))
    for share in SHARES:
        with worth(SensorKind.SOUND, WORTH[SensorKind.SOUND].lasts * share):
            yield from _rows(f"sound lasts × {share}", score(samples, athena(samples)))
    for minutes in (1, 2):  # half and one and a half of nothing is nothing
        with worth(SensorKind.AIR, timedelta(minutes=minutes)):
            yield from _rows(f"air lasts {minutes} min", score(samples, athena(samples)))
    for share in SHARES:
        found = Thresholds(loud=LOUD * share)
        yield from _rows(f"loud × {share}", score(samples, athena(samples, thresholds=found)))
    for share in SHARES:
        found = Thresholds(rises=RISES * share)
        yield from _rows(f"rises × {share}", score(samples, athena(samples, thresholds=found)))


def _rows(name: str, ours: Score, peer: Score | None = None) -> Iterator[Row]:
    yield _row(f"{name}: false-offs", ours.false_offs, "an occupied hour", None if peer is None else peer.false_offs)
    yield _row(f"{name}: false-on", ours.false_on, "% of the empty time", None if peer is None else peer.false_on)


def _row(name: str, value: float, unit: str, peer: float | None) -> Row:
    ratio = round(value / peer, 3) if peer else None
    return Row(name=name, value=round(value, 3), unit=unit, peer=None if peer is None else round(peer, 3), ratio=ratio)


if __name__ == "__main__":
    main()
