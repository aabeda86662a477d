"""The room: thousands of nights, the time a fact takes, and the time from a movement to the light in a real home."""

import argparse
import asyncio
import statistics
from collections.abc import Iterator
from typing import Final

from .handle import microseconds
from .latency import Latencies, measure
from .nights import ATHENA, NAIVE, Tally, run, run_mistaken
from .table import Row, print_table

_TIMED_NIGHTS: Final = 60
_ROUNDS: Final = 200
_MISTAKEN: Final = 5
"""One night of so many is lived again by homes that were set up wrongly."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="script/bench room", description=__doc__)
    parser.add_argument("--json", action="store_true", help="the table as JSON on the last line")
    parser.add_argument("--nights", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rounds", type=int, default=_ROUNDS, help="movements in a real Home Assistant; 0: none")
    parser.add_argument("--findings", action="store_true", help="list every missed alarm and wrongful stop")
    arguments = parser.parse_args()
    tallies = run(arguments.nights, arguments.seed)
    rows = list(_night_rows(tallies[ATHENA], tallies[NAIVE]))
    rows += _mistaken_rows(run_mistaken(arguments.nights // _MISTAKEN, arguments.seed))
    rows += _handle_rows(min(arguments.nights, _TIMED_NIGHTS), arguments.seed)
    if arguments.rounds:
        rows += _latency_rows(asyncio.run(measure(arguments.rounds)))
    if arguments.findings:
        _list(tallies[ATHENA])
    print_table("The room", rows, as_json=arguments.json)


def _night_rows(ours: Tally, peer: Tally) -> Iterator[Row]:
    yield Row(name="nights", value=ours.nights, unit="nights")
    yield Row(name="events_per_night", value=round(ours.events / ours.nights), unit="events")
    yield Row(name="fewest events of a night", value=ours.fewest_events, unit="events")
    yield Row(name="alarms due with their sleeper in bed", value=ours.alarms, unit="alarms")
    for name, what in (
        ("missed_alarms", "missed_alarm"),
        ("wrongful_stops", "wrongful_stop"),
        ("stops of somebody who was up and has just sat down again", "stop_on_return"),
        ("rings past the cap", "past_cap"),
        ("rings that were not due", "ghost_ring"),
        ("lit_sleepers", "lit_sleeper"),
        ("lit_sleepers in rooms with a PIR alone", "lit_sleeper unseen"),
    ):
        yield _beside(name, ours.counts[what], peer.counts[what], "times")
    for name, what in (
        ("false_sleeps_per_100_nights", "false_sleep"),
        ("false_exits_per_100_nights", "false_exit"),
        ("false exits in rooms with a PIR alone, per 100 nights of all", "false_exit unseen"),
    ):
        yield _beside(name, round(ours.per_hundred(what), 2), round(peer.per_hundred(what), 2), "times")
    yield _beside("late_stops_per_100", _late(ours), _late(peer), "times")
    for share in (50, 95):
        yield _beside(
            f"seconds_from_out_of_bed_to_stop p{share}",
            round(_percentile(ours.to_stop, share), 1),
            round(_percentile(peer.to_stop, share), 1),
            "s",
        )


def _mistaken_rows(tally: Tally) -> Iterator[Row]:
    """Tell what a wrong choice at set-up costs."""
    of = f"of {tally.nights} nights with a mat that does not feel the edge, set up as one that does"
    yield Row(name=f"wrongful_stops {of}", value=tally.counts["wrongful_stop"], unit="times")
    yield Row(name=f"missed_alarms {of}", value=tally.counts["missed_alarm"], unit="times")


def _late(tally: Tally) -> float:
    """Return how many of a hundred rings went on for 5 min once their sleeper was out of bed."""
    return round(100 * tally.counts["late_stop"] / max(1, len(tally.to_stop)), 2)


def _handle_rows(nights: int, seed: int) -> Iterator[Row]:
    times = microseconds(nights, seed)
    median, count = times.pop("all")
    yield Row(name=f"handle, median of {count:,} facts", value=round(median, 1), unit="µs")
    for kind, (median, count) in sorted(times.items(), key=lambda item: -item[1][1]):
        if count >= 100:
            yield Row(name=f"handle {kind} ({count:,})", value=round(median, 1), unit="µs")


def _latency_rows(latencies: Latencies) -> Iterator[Row]:
    for share in (50, 95):
        yield _beside(
            f"motion state → light service call p{share}",
            round(_percentile(latencies.athena, share), 2),
            round(_percentile(latencies.automation, share), 2),
            "ms",
        )


def _beside(name: str, ours: float, peer: float, unit: str) -> Row:
    return Row(name=name, value=ours, unit=unit, peer=peer, ratio=round(ours / peer, 3) if peer else None)


def _percentile(values: list[float], share: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[share - 1] if len(values) > 1 else float("nan")


def _list(tally: Tally) -> None:
    for finding in tally.findings:
        if finding.what in {"missed_alarm", "wrongful_stop", "past_cap"}:
            print(f"night {finding.night}, second {finding.at:.0f}: {finding.what}: {finding.detail}")
