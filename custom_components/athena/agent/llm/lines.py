"""Our own format, read from the model's stream: one action a line; what does not resolve exactly is rejected."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from ...deed import Deed, Request
from ..reading import Option, Plan, Which
from .grammar import MOST_DEEDS, MOST_OPTIONS
from .names import Names, Target
from .speech import Speech
from .verbs import BY_NAME, Range, Verb

LONGEST: Final = 500
"""Of a line, in characters."""

SCENE: Final = "AthenaSetScene"

HEADS: Final = ("do:", "ask:", "scene:", "no:", "say:")
THOUGHT: Final = re.compile(r"\s*<think>.*?(?:</think>\s*|\Z)", re.DOTALL)
NUMBER: Final = re.compile(r"\d{1,5}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """Why something the model wrote is not used."""

    cause: str
    """For the log and the trace: without a word of what was written."""
    hint: str
    """For the model, that it may mend it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    value: int | str | None


@dataclass(slots=True, kw_only=True)
class Answered:
    """What the model has answered in all."""

    steps: list[Deed | Request] = field(default_factory=list)
    which: Which | None = None
    no: str | None = None
    """ "cannot" or "unclear"."""
    rejected: list[Rejected] = field(default_factory=list)
    spoken: bool = False
    """Whether any speech was let through."""

    @property
    def is_usable(self) -> bool:
        """Return whether it is one clean answer."""
        return not self.rejected and bool(self.steps or self.which or self.no or self.spoken)


class Lines:
    """Reads one answer."""

    def __init__(
        self,
        names: Names,
        scenes: Sequence[str],
        speech: Speech,
        question: Callable[[Sequence[str]], str],
        *,
        is_free: bool = False,
    ) -> None:
        """`is_free`: no grammar holds the model: words without a head are speech, and it may talk while it acts.

        Its speech is then one sentence late: what it says before it acts is no answer.
        """
        self._names = names
        self._scenes = frozenset(scenes)
        self._speech = speech
        self._question = question
        self._is_free = is_free
        self._rest = ""
        self._speaks = False
        self._held: list[str] = []
        self._count = 0
        self.answered = Answered()

    @property
    def is_over(self) -> bool:
        """Return whether nothing that follows can be of use: the stream may be closed."""
        return bool(self.answered.rejected) or self._speech.is_full

    def feed(self, text: str) -> list[str]:
        """Take in a piece of the stream, and return the sentences that may be spoken now."""
        self._rest += text.replace("\r", "\n")
        if self._rest.lstrip().startswith("<think>"):
            if "</think>" not in self._rest:
                return []
            self._rest = THOUGHT.sub("", self._rest, count=1)
        said: list[str] = []
        while self._rest:
            before, newline, after = self._rest.partition("\n")
            if not self._speaks and not newline and not self._begins_to_speak(before):
                break
            self._rest = after
            said += self._part(before, is_whole=bool(newline))
        if len(self._rest) > LONGEST:
            self.reject("a line without an end", "Lines are short.")
            self._rest = ""
        return self._let(said)

    def close(self) -> list[str]:
        """Take in that the stream has ended, and return what may be spoken of the rest."""
        rest, self._rest = THOUGHT.sub("", self._rest, count=1), ""
        said = self._let(self._part(rest, is_whole=True) + self._speech.close())
        if self._speech.claimed:
            self.reject("it claims a deed that it has not given", "Nothing was done: give a do: line, or no: cannot")
        told = (self.answered.spoken, self.answered.steps, self.answered.which, self.answered.no)
        if sum(map(bool, told)) > 1:
            self.reject("it does several things that exclude each other", "Give do: lines, or one other line.")
        if not self.answered.steps and not self.answered.which and not self.answered.rejected:
            said += self._held
            self.answered.spoken = self.answered.spoken or bool(said)
        return said

    def reject(self, cause: str, hint: str) -> None:
        """Note why the answer cannot be used."""
        self.answered.rejected.append(Rejected(cause=cause, hint=hint))

    def _let(self, said: list[str]) -> list[str]:
        """Return what may be spoken at once; where nothing but our word holds the model, all but the last sentence."""
        if self._is_free:
            held = [*self._held, *said]
            said, self._held = held[:-1], held[-1:]
        if self.answered.steps or self.answered.rejected:
            return []
        self.answered.spoken = self.answered.spoken or bool(said)
        return said

    def _begins_to_speak(self, begun: str) -> bool:
        begun = begun.lstrip().casefold()
        if begun.startswith("say:"):
            return True
        can_be_head = any(head.startswith(begun[: len(head)]) for head in HEADS)
        return self._is_free and bool(begun) and not can_be_head

    def _part(self, text: str, *, is_whole: bool) -> list[str]:
        """Take in a line, or a piece of one where it is speech."""
        if not self._speaks:
            head, colon, rest = text.lstrip().partition(":")
            if colon and f"{head.casefold()}:" in HEADS[:-1]:
                self._order(head.casefold(), rest.strip())
                return []
            if not text.strip():
                return []
            if not (colon and head.casefold() == "say") and not self._is_free:
                self.reject("a line that is none of ours", "Begin each line with do:, ask:, scene:, say: or no:")
                return []
            self._speaks = True
            text = rest if colon and head.casefold() == "say" else text
        self._speaks = not is_whole
        return self._speech.feed(f"{text} " if is_whole else text)

    def _order(self, head: str, rest: str) -> None:
        match head:
            case "do":
                self._do(rest)
            case "ask":
                self._ask(rest)
            case "scene":
                self._scene(rest)
            case "no" if rest in {"cannot", "unclear"}:
                self.answered.no = rest
            case _:
                self.reject("a line that is none of ours", "Write no: cannot, or no: unclear")

    # ---- deeds

    def _do(self, said: str) -> None:
        order, _, name = (part.strip() for part in said.partition("|"))
        name_of_verb, _, value = order.partition(" ")
        found = self._found(name_of_verb, name)
        if found is None:
            return
        self._count += 1
        if self._count > MOST_DEEDS:
            self.reject(f"more than {MOST_DEEDS} deeds", f"At most {MOST_DEEDS} lines.")
            return
        verb, target = found
        if (given := self._value(verb, target, value.strip())) is not None:
            deeds = _deeds(verb, target, given.value)
            self.answered.steps += [deed for deed in deeds if deed not in self.answered.steps]

    def _found(self, name_of_verb: str, name: str) -> tuple[Verb, Target] | None:
        verb = BY_NAME.get(name_of_verb)
        if verb is None:
            self.reject("a verb that there is not", "Use only the verbs that are listed.")
            return None
        target = self._names.fitting(verb).get(name)
        if target is None:
            self.reject(
                f"{verb.name} of what it cannot be said of", f"{verb.name} is not possible there: use a name that fits."
            )
            return None
        return verb, target

    def _value(self, verb: Verb, target: Target, said: str) -> _Given | None:
        """Return the value; None, and reject, where it does not fit everything that is meant."""
        if verb.value is None:
            if said:
                self.reject(f"a value for {verb.name}", f"{verb.name} takes no value.")
                return None
            return _Given(value=None)
        is_number = isinstance(verb.value, Range) and NUMBER.fullmatch(said) is not None
        value = int(said) if is_number else said
        if any(value not in verb.value.of(self._names.state(one.id)) for one in target.entities):
            self.reject(f"a value that {verb.name} does not take", f"That value does not fit {verb.name}.")
            return None
        return _Given(value=value)

    def _ask(self, said: str) -> None:
        name_of_verb, _, names = (part.strip() for part in said.partition("|"))
        labels = list(dict.fromkeys(name.strip() for name in names.split(";")))
        options = []
        for name in labels:
            if (found := self._found(name_of_verb, name)) is None:
                return
            verb, target = found
            if verb.value is not None:
                self.reject(f"a question about {verb.name}", "Ask only about verbs without a value.")
                return
            called = (name, *(one for entity in target.entities for one in entity.names if one != name))
            options.append(Option(names=called, reading=Plan(steps=tuple(_deeds(verb, target, None)))))
        if not 2 <= len(options) <= MOST_OPTIONS:
            self.reject("a question with too few or too many answers", f"Ask between 2 and {MOST_OPTIONS} names.")
            return
        self.answered.which = Which(question=self._question(labels), options=tuple(options))

    def _scene(self, said: str) -> None:
        if said not in self._scenes:
            self.reject("a scene that the room does not have", "Use only the scenes that are listed.")
            return
        self.answered.steps.append(Request(intent=SCENE, slots={"scene": said}))


def _deeds(verb: Verb, target: Target, value: int | str | None) -> list[Deed]:
    by_domain: dict[str, list[str]] = {}
    for one in target.entities:
        by_domain.setdefault(one.domain, []).append(one.id)
    return [verb.deed(domain, tuple(ones), value, target.kind) for domain, ones in by_domain.items()]
