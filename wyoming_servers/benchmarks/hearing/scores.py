"""The rows that trials come to."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from athena_voice.stt.sentences import COMMAND, PIN

from ..table import Row
from .said import EVERYDAY, LIKE_HOME, OTHERWISE, Home
from .trials import Trial

type Hear = Callable[[Trial], str]
"""What Home Assistant is told after a trial, by ours or by the peer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How wishes fared; counts."""

    right: int
    wrong: int
    """Another deed."""
    opposite: int
    """Of the wrong: the opposite deed."""
    rejected: int

    @property
    def all(self) -> int:
        """All that were said."""
        return self.right + self.wrong + self.rejected


def tally(trials: Iterable[Trial], home: Home, hear: Hear) -> Tally:
    """Count what became of wishes."""
    outcomes = [outcome(trial, home, hear(trial)) for trial in trials]
    return Tally(
        right=outcomes.count("right"),
        wrong=outcomes.count("wrong") + outcomes.count("opposite"),
        opposite=outcomes.count("opposite"),
        rejected=outcomes.count("rejected"),
    )


def outcome(trial: Trial, home: Home, got: str) -> str:
    """Return what became of something said: right, wrong, opposite, rejected, or (what was no wish) accepted."""
    if not got:
        return "rejected"
    if not trial.utterance.means:
        return "accepted"
    if any(home.deeds.of(got) == home.deeds.of(meant) for meant in trial.utterance.means):
        return "right"
    return "opposite" if any(home.deeds.opposed(got, meant) for meant in trial.utterance.means) else "wrong"


def rows_of(who: str, trials: Sequence[Trial], home: Home) -> Iterator[Row]:
    """Yield the rows of people or of synthesised speech, condition by condition."""
    for condition in dict.fromkeys(trial.condition for trial in trials):
        here = [trial for trial in trials if trial.condition == condition]
        for kind, what in ((COMMAND, "commands"), (OTHERWISE, "said otherwise")):
            wishes = [trial for trial in here if trial.utterance.kind == kind]
            if wishes:
                yield from _wishes(f"{who}, {condition}, {what} ({len(wishes)})", wishes, home)
        for kind in (*home.further_kinds, PIN):
            wishes = [trial for trial in here if trial.utterance.kind == kind]
            if wishes:
                title = f"{who}, {condition}, {kind.replace('_', '-')} ({len(wishes)})"
                yield from list(_wishes(title, wishes, home))[:2]  # the rest is rejected
        for kind, what in ((LIKE_HOME, "others, like home"), (EVERYDAY, "others, everyday")):
            others = [trial for trial in here if trial.utterance.kind == kind]
            if others:
                name = f"{who}, {condition}, {what} ({len(others)}): rejected"
                yield _compared(name, "%", *(_percent(_rejected(others, hear), others) for hear in _both(home)))


def _wishes(title: str, trials: Sequence[Trial], home: Home) -> Iterator[Row]:
    mine, its = (tally(trials, home, hear) for hear in _both(home))
    yield _compared(f"{title}: right", "%", _percent(mine.right, trials), _percent(its.right, trials))
    yield _compared(f"{title}: wrong", "%", _percent(mine.wrong, trials), _percent(its.wrong, trials))
    yield _compared(f"{title}: rejected", "%", _percent(mine.rejected, trials), _percent(its.rejected, trials))
    yield _compared(f"{title}: the opposite of what was said", "times", mine.opposite, its.opposite)


def voice_rows(trials: Sequence[Trial], home: Home) -> Iterator[Row]:
    """Yield how well each voice is understood."""
    wishes = [trial for trial in trials if trial.utterance.kind == COMMAND and trial.condition == "clean"]
    for speaker in sorted({trial.speaker for trial in wishes}):
        said = [trial for trial in wishes if trial.speaker == speaker]
        mine, its = (_percent(tally(said, home, hear).right, said) for hear in _both(home))
        yield _compared(f"synthesised, clean, commands, {speaker} ({len(said)}): right", "%", mine, its)


def _both(home: Home) -> tuple[Hear, Hear]:
    """Return ours, and the same model where it knows no home: its words are told, and Home Assistant matches them."""
    return lambda trial: trial.got, lambda trial: home.understood(trial.free)


def _rejected(trials: Iterable[Trial], hear: Hear) -> int:
    return sum(not hear(trial) for trial in trials)


def _percent(count: int, trials: Sequence[Trial]) -> float:
    return round(100 * count / len(trials), 1)


def _compared(name: str, unit: str, value: float, peer: float) -> Row:
    return Row(name=name, value=value, unit=unit, peer=peer, ratio=value / peer if peer else None)


def mistakes(trials: Iterable[Trial], home: Home) -> Iterator[str]:
    """Yield a line for each trial that did what nobody asked for."""
    for trial in trials:
        what = outcome(trial, home, trial.got)
        if what in ("wrong", "opposite", "accepted"):
            heard = f"heard {trial.free!r}, doubt {trial.doubt:.1f}, strangeness {trial.strangeness:.1f}"
            where = f"{trial.condition}, {trial.speaker}"
            yield f"{what}: {trial.utterance.kind}: {trial.utterance.text!r} → {trial.got!r} ({heard}; {where})"
