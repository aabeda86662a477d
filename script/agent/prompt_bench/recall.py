"""Whether what is meant is among the twenty entities that an utterance finds, and in what the model is shown."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

import yaml
from homeassistant.util import dt as dt_util

from custom_components.athena.agent.home import Situation
from custom_components.athena.agent.llm.asking import Asking
from custom_components.athena.agent.llm.language import load_language
from custom_components.athena.agent.llm.names import entities_in
from custom_components.athena.agent.llm.retrieval import LIMIT, Retrieval
from custom_components.athena.agent.llm.turn import Asked, Surroundings

from ..own.dialogues import load_dialogues
from .homes import home_of, states_of

OWN: Final = Path(__file__).parent.parent / "own"
SEEN: Final = "retrieval"
UNSEEN: Final = "retrieval_unseen"
"""Written before anything was measured with it."""
PARTS: Final = re.compile(r"[,;:] |; ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """Shares of the entities that are meant."""

    by_words: float
    """Of the set that names nothing by its name: found."""
    shown: float
    """Of the same: named in what the model is told, beside the utterance or anyway."""
    own: float
    """Of the deeds of the own set on twenty entities or fewer: found."""
    wishes: int
    """Utterances in the first set."""
    find_ms: float
    """Median of one search."""
    build_ms: float


def recall_of(name: str, wishes: str = SEEN) -> Recall:
    """Measure a home of the own set by a file of wishes."""
    home, language = home_of(name), load_language("en")
    begun = time.perf_counter()
    retrieval = Retrieval(home, language.words)
    build = time.perf_counter() - begun
    asking = Asking(home, language, "", is_grammar=True)
    states = states_of(name)
    found = shown = meant = 0
    times = []
    said_and_meant = list(_wishes(name, wishes))
    for said, area, want in said_and_meant:
        begun = time.perf_counter()
        got = {one.id for one in retrieval.find(said, area=area)}
        times.append(time.perf_counter() - begun)
        meant += len(want)
        found += len(want & got)
        shown += len(want & _shown(asking, said, Situation(states=states.get, area=area)))
    own = [want & {one.id for one in retrieval.find(said, area=area)} for said, area, want in _deeds(name)]
    own_meant = sum(len(want) for _, _, want in _deeds(name))
    return Recall(
        by_words=found / meant,
        shown=shown / meant,
        own=sum(map(len, own)) / own_meant if own_meant else 1.0,
        wishes=len(said_and_meant),
        find_ms=1000 * median(times),
        build_ms=1000 * build,
    )


def _wishes(name: str, wishes: str) -> Iterator[tuple[str, str | None, set[str]]]:
    for said, told in yaml.safe_load((OWN / f"{wishes}.yaml").read_text("utf-8"))[name].items():
        words = told.split()
        area = next((word[1:] for word in words if word.startswith("@")), None)
        yield said, area, {word for word in words if not word.startswith("@")}


def _shown(asking: Asking, said: str, situation: Situation) -> set[str]:
    """Return the entities whose names stand in what the model is told: in the map, or beside the utterance."""
    around = Surroundings(home=asking.home, situation=situation, now=dt_util.now())
    ready = asking.ready(Asked(text=said, around=around))
    told = "\n".join(message["content"] for message in ready.messages).replace(f'"{said}"', "")
    names = {name: target.entities[0].id for name, target in entities_in(asking.home).items()}
    words = {part.partition(" (")[0].strip() for line in told.splitlines() for part in PARTS.split(line)}
    return {names[word] for word in words if word in names}


def _deeds(name: str) -> Iterator[tuple[str, str | None, set[str]]]:
    """Yield the first turn of each dialogue that comes to deeds on few entities."""
    for dialogue in load_dialogues():
        turn = dialogue.turns[0]
        want = {entity for deed in turn.deeds for entity in deed.entities}
        if dialogue.home == name and 0 < len(want) <= LIMIT:
            yield turn.say, turn.area, want
