"""Whether what is meant is among the twenty entities that an utterance finds, and in what the model is shown."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

import yaml

from custom_components.athena.agent.llm.landmarks import landmarks_of
from custom_components.athena.agent.llm.language import load_language
from custom_components.athena.agent.llm.prompt import FULL
from custom_components.athena.agent.llm.retrieval import LIMIT, Retrieval

from ..own.dialogues import load_dialogues
from .homes import home_of

WISHES: Final = Path(__file__).parent.parent / "own/retrieval.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """Shares of the entities that are meant."""

    by_words: float
    """Of the set that names nothing by its name: found."""
    shown: float
    """Of the same: found, or named in the prompt anyway."""
    own: float
    """Of the deeds of the own set on twenty entities or fewer: found."""
    wishes: int
    """Utterances in the first set."""
    find_ms: float
    """Median of one search."""
    build_ms: float


def recall_of(name: str) -> Recall:
    """Measure a home of the own set."""
    home, words = home_of(name), load_language("en").words
    begun = time.perf_counter()
    retrieval = Retrieval(home, words)
    build = time.perf_counter() - begun
    named = set(home.entities) if len(home.entities) <= FULL else {one.id for one in landmarks_of(home, words)}
    wishes = yaml.safe_load(WISHES.read_text("utf-8"))[name]
    found = shown = meant = 0
    times = []
    for said, wanted in wishes.items():
        begun = time.perf_counter()
        got = {one.id for one in retrieval.find(said)}
        times.append(time.perf_counter() - begun)
        want = set(wanted.split())
        meant += len(want)
        found += len(want & got)
        shown += len(want & (got | named))
    own = [want & {one.id for one in retrieval.find(said, area=area)} for said, area, want in _deeds(name)]
    own_meant = sum(len(want) for _, _, want in _deeds(name))
    return Recall(
        by_words=found / meant,
        shown=shown / meant,
        own=sum(map(len, own)) / own_meant,
        wishes=len(wishes),
        find_ms=1000 * median(times),
        build_ms=1000 * build,
    )


def _deeds(name: str) -> Iterator[tuple[str, str | None, set[str]]]:
    """Yield the first turn of each dialogue that comes to deeds on few entities."""
    for dialogue in load_dialogues():
        turn = dialogue.turns[0]
        want = {entity for deed in turn.deeds for entity in deed.entities}
        if dialogue.home == name and 0 < len(want) <= LIMIT:
            yield turn.say, turn.area, want
