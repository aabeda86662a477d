"""Questions about the home, answered from its states. A question never does anything."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from ...home import Home, Situation
from ...reading import Answer, Which
from ..language.vocabulary import Lexicon
from ..language.words import Phrases, Said
from .answers import Lines, Wording
from .asked import Asked
from .compared import Compared
from .conditions import read_conditions
from .forms import Forms, Parse
from .meters import Meters, read_periods
from .playing import Playing
from .quantities import read_quantities
from .status import Status
from .subjects import Subjects
from .told import Told

MOST_WORDS: Final = 24
"""No question about a home is longer."""
COMMA: Final = ","
WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


class Questions:
    """Answers questions about one home; built anew when the home changes."""

    def __init__(self, home: Home, lexicon: Lexicon, lines: Lines) -> None:
        table = lexicon.files["questions"]
        subjects = Subjects(home, lexicon)
        conditions = read_conditions(lexicon.files["states"], lexicon.words)
        quantities = read_quantities(table, lexicon.words)
        wording = Wording(subjects.index, lines, table)
        asked = Asked(home, subjects, conditions, wording)
        periods = read_periods(table, lexicon.words)
        meters = Meters(home, subjects, quantities, periods, wording)
        told = Told(home, subjects, conditions, quantities, wording, meters=meters)
        status = Status(home, subjects, conditions, quantities, wording, asked=asked, told=told)
        compared = Compared(home, subjects, quantities, wording, told)
        playing = Playing(subjects, quantities, wording)
        self._lexicon = lexicon
        self._openers = lexicon.phrases(table["openers"])
        self._contractions: dict[str, str] = table["contractions"]
        self._fillers = lexicon.phrases(table["fillers"])
        self._tags = tuple(lexicon.words(tag) for tag in table["tags"])
        self._forms = Forms(
            table["forms"],
            lexicon={
                "condition": conditions.said,
                "finding": conditions.found,
                "verb": conditions.done,
                "happened": conditions.happened,
                "quantity": quantities.named,
                "how": quantities.how,
                "most": quantities.most,
                "comparison": quantities.comparisons,
                "measure": quantities.measures,
                "period": periods.said,
            },
            placed=frozenset(word for said in table["placed"] for word in lexicon.words(said)),
            prepositions=lexicon.prepositions,
            tokenise=lexicon.words,
        )
        self._kinds: dict[str, Callable[[Parse, Situation], Answer | Which | None]] = {
            "whether": asked.whether,
            "found": asked.found,
            "which": asked.which,
            "rooms": asked.rooms,
            "count": asked.count,
            "total": asked.total,
            "value": told.value,
            "used": meters.used,
            "using": meters.using,
            "most": compared.most,
            "compared": compared.than,
            "where": status.where,
            "state": status.state,
            "playing": playing.read,
            "again": status.again,
        }

    def read(self, text: str, situation: Situation) -> Answer | Which | None:
        """Return the answer to a question about this home; None where it is none, or a word of it stays unexplained."""
        said = self._lexicon.speech.read(WORD.sub(self._spell_out, text))
        asked = text.rstrip().endswith("?")
        for words in self._variants(said):
            if len(words) > MOST_WORDS:
                continue
            for parse in self._parses(words, asked=asked):
                if (reading := self._kinds[parse.kind](parse, situation)) is not None:
                    return reading
        return None

    def _parses(self, words: Said, *, asked: bool) -> Iterator[Parse]:
        """Yield what words may ask; a statement asks by what follows it: "the garage is closed, right?"."""
        yield from self._forms.parse(words, asked=asked)
        for tag in self._tags:
            end = len(words) - len(tag)
            if words.words[end:] == tag and end > 0:
                statement = words.part(0, end - (words.words[end - 1] == COMMA))
                yield from self._forms.parse(statement, asked=True, tagged=True)

    def _spell_out(self, word: re.Match[str]) -> str:
        said = word.group().lower().replace("’", "'")
        if (spelled := self._contractions.get(said)) is not None:
            return spelled
        owner = said.removesuffix("'s")  # "the vacuum's battery" is the vacuum battery; Leo's room stays Leo's
        return (
            owner if owner != said and self._lexicon.words(owner) in self._lexicon.kind_nouns.meanings else word.group()
        )

    def _variants(self, said: Said) -> Iterator[Said]:
        """Yield the words as they are, and without those that change nothing; a name may hold such a word."""
        said = self._without(said, self._openers, begin=True)
        yield said
        plain = self._without(said, self._fillers)
        plain = self._without(plain, self._openers, begin=True)
        if plain.words != said.words:
            yield plain

    @staticmethod
    def _without(said: Said, phrases: Phrases[bool], *, begin: bool = False) -> Said:
        gone: set[int] = set()
        place = 0
        while place < len(said):
            if (found := phrases.at(said.words, place)) is not None:
                gone.update(range(place, place + found[0]))
                place += found[0]
            elif begin:
                break
            else:
                place += 1
        return said.without(gone)
