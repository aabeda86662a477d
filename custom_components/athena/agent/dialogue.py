"""What Athena has asked and waits for, and what was last spoken of: by conversation and by satellite."""

import re
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

from homeassistant.util import dt as dt_util
from homeassistant.util.yaml import load_yaml_dict

from .reading import Plan, Which

WAITS_FOR: Final = timedelta(seconds=30)
"""After which a question is forgotten: what is said then is something else."""

RECALLS_FOR: Final = timedelta(minutes=5)
"""After which "it" means nothing any more: so long Home Assistant keeps a conversation."""

KEPT: Final = 64
"""Conversations and satellites that are remembered, the latest ones."""

EXCHANGES: Final = 6
"""Turns that a model is told of."""

FOLDER: Final = Path(__file__).parent.parent / "sentences"


class Wait(StrEnum):
    """For what Athena waits."""

    WHICH = "which"
    YES = "yes"
    PIN = "pin"


class Said(StrEnum):
    """What an answer comes to, in itself."""

    YES = "yes"
    NO = "no"
    NEVER_MIND = "never_mind"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A question that is open."""

    wait: Wait
    of: Plan | Which
    """What is done after the answer, or between what it is to choose."""
    text: str
    """What was said when it was asked: the deed is looked at in the light of these words."""
    until: datetime


@dataclass(slots=True, kw_only=True)
class Memory:
    """What is known of a conversation, or of a satellite."""

    pending: Pending | None = None
    last: Plan | None = None
    about: tuple[str, ...] = ()
    at: datetime
    """When `last` and `about` were."""
    exchanges: deque[tuple[str, str]] = field(default_factory=lambda: deque(maxlen=EXCHANGES))
    """What was said and answered, the newest last."""


class Dialogue:
    """Remembers, for a while, what was asked and what was spoken of."""

    def __init__(self, now: Callable[[], datetime] | None = None) -> None:
        self._now = now or _utcnow
        self._memories: OrderedDict[str, Memory] = OrderedDict()

    def take(self, keys: Iterable[str]) -> Pending | None:
        """Return the open question, which is open no longer; None where there is none, or it is too long ago."""
        found: Pending | None = None
        for memory in self._known(keys):
            found, memory.pending = found or memory.pending, None
        return found if found is not None and self._now() < found.until else None

    def waits_for_pin(self, keys: Iterable[str]) -> bool:
        """Return whether what is said next may be a PIN, though it comes too late to be taken."""
        asked = [memory.pending for memory in self._known(keys) if memory.pending is not None]
        return any(one.wait is Wait.PIN and self._now() < one.until + RECALLS_FOR for one in asked)

    def ask(self, keys: Iterable[str], wait: Wait, of: Plan | Which, text: str) -> None:
        """Wait for an answer."""
        pending = Pending(wait=wait, of=of, text=text, until=self._now() + WAITS_FOR)
        for memory in self._kept(keys):
            memory.pending = pending

    def remember(self, keys: Iterable[str], last: Plan | None, about: tuple[str, ...]) -> None:
        """Take in what was done, if anything was, and spoken of: "and the fan" after a question is one, too."""
        for memory in self._kept(keys):
            memory.last, memory.about, memory.at = last, about, self._now()

    def recall(self, keys: Iterable[str]) -> tuple[Plan | None, tuple[str, ...]]:
        """Return what the last turn has done, if it has, and about which entities it was."""
        fresh = [memory for memory in self._known(keys) if self._now() - memory.at < RECALLS_FOR]
        latest = max(fresh, key=lambda memory: memory.at, default=None)
        return (latest.last, latest.about) if latest is not None else (None, ())

    def note(self, keys: Iterable[str], said: str, answered: str) -> None:
        """Take in what was said, for a model that is asked later."""
        for memory in self._kept(keys):
            memory.exchanges.append((said, answered))

    def history(self, key: str) -> tuple[tuple[str, str], ...]:
        """Return what was said and answered in a conversation, the newest last."""
        return tuple(memory.exchanges) if (memory := self._memories.get(key)) is not None else ()

    def forget(self) -> None:
        """Forget all that was asked and spoken of."""
        self._memories.clear()

    def _known(self, keys: Iterable[str]) -> list[Memory]:
        return [self._memories[key] for key in keys if key in self._memories]

    def _kept(self, keys: Iterable[str]) -> list[Memory]:
        memories = []
        for key in keys:
            memory = self._memories.pop(key, None) or Memory(at=datetime.min.replace(tzinfo=self._now().tzinfo))
            self._memories[key] = memory  # the latest is last
            memories.append(memory)
        while len(self._memories) > KEPT:
            self._memories.popitem(last=False)
        return memories


def _utcnow() -> datetime:
    return dt_util.utcnow()  # looked up late: a test sets it


class Replies:
    """How people answer, in the words of one language."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._polite = {str(word) for word in words["polite"]}
        self._meant = {_plain(str(phrase)): said for said in Said for phrase in words[said]}

    def meant(self, text: str) -> Said | None:
        """Return what is answered; None where it is neither yes nor no."""
        plain = _plain(text)
        bare = " ".join(word for word in plain.split() if word not in self._polite)
        return self._meant.get(plain) or self._meant.get(bare) or self._all_of(plain.split())

    def _all_of(self, words: Sequence[str]) -> Said | None:
        """Return what several answers in a row mean that all mean the same ("yep, go ahead")."""
        meant: set[Said] = set()
        place = 0
        while place < len(words):
            for end in range(len(words), place, -1):
                if (said := self._meant.get(" ".join(words[place:end]))) is not None:
                    meant.add(said)
                    place = end
                    break
            else:
                if words[place] not in self._polite:
                    return None
                place += 1
        return meant.pop() if len(meant) == 1 else None


@cache
def load_replies(language: str) -> Replies:
    """Read how people answer in a language (blocking, once); raise FileNotFoundError where there is nothing."""
    return Replies(load_yaml_dict(str(FOLDER / language / "words" / "dialogue.yaml"))["dialogue"])


def may_be_pin(text: str, digits: Mapping[str, str]) -> bool:
    """Return whether it may be a PIN: nothing but digits, or a row of three among other words."""
    words = re.findall(r"\d|[^\W\d_]+", text.casefold())
    spoken = "".join("#" if word.isdigit() or word in digits else " " for word in words)
    return "###" in spoken or (bool(spoken) and " " not in spoken)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+(?:'[^\W_]+)?", text.casefold().replace("’", "'")))
