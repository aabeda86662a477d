"""What the graph of a home's sentences spells."""

from collections.abc import Iterator

import pytest

from athena_voice.stt.recogniser.grammar import Grammar, Node
from athena_voice.stt.recogniser.model import Model
from athena_voice.stt.recogniser.tokens import END
from athena_voice.stt.sentences import Manners, Sentence

PLAIN = Manners(before=(), after=(), opposites={}, same={})


def sentence(text: str) -> Sentence:
    return Sentence(said=text, text=text)


def written(model: Model, *texts: str, manners: Manners = PLAIN, most: int = 14) -> set[str]:
    """Return all that can be spelt, with so many pieces at most."""
    grammar = Grammar([sentence(text) for text in texts], model.tokens, manners)

    def paths(node: Node, pieces: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if node.sentence is not None:
            yield pieces
        elif len(pieces) < most:
            for piece, following in node.next.items():
                for after in following:
                    yield from paths(after, (*pieces, piece))

    found = set(paths(grammar.start, ()))
    assert all(path[-1] == END for path in found)
    return {model.tokens.text(path[:-1]) for path in found}


def test_a_sentence_is_written_with_and_without_its_stop(model: Model) -> None:
    assert {"Open the blinds.", "open the blinds", "Open the blinds?"} <= written(model, "open the blinds")


def test_nothing_else_is_written(model: Model) -> None:
    both = {text.lower().rstrip(".,?!") for text in written(model, "open the blinds", "close the door")}
    assert both == {"open the blinds", "close the door"}


def test_a_sentence_may_be_the_beginning_of_another(model: Model) -> None:
    assert {"Lights on.", "Lights on now."} <= written(model, "lights on", "lights on now")


@pytest.mark.parametrize(
    ("said", "form"),
    [
        ("set it to 50 percent", "Set it to 50%."),
        ("set it to 50 percent", "Set it to fifty percent."),
        ("set it to 50 percent", "Set it to fifty per cent."),
        ("set it to 21 degrees", "Set it to twenty-one degrees."),
        ("turn on the tv", "Turn on the TV."),
        ("turn on arman's lamp", "Turn on Arman's lamp."),
        ("turn on arman’s lamp", "Turn on arman's lamp."),
        ("turn on the wi-fi", "Turn on the wi fi."),
        ("turn on the lamp (old)", "Turn on the lamp old."),
        ("wake me at 7 :30 am", "Wake me at 7:30am."),
        ("wake me at 7 :30 am", "Wake me at seven thirty a.m."),
        ("wake me at 7 :30 am", "Wake me at 7:30 AM"),
        ("wake me at 6 :05 pm", "Wake me at six oh five pm."),
        ("wake me at 6 :05 pm", "Wake me at 6:05 P.M."),
        ("wake me at 9 pm", "Wake me at 9pm."),
    ],
)
def test_numbers_names_and_abbreviations_are_written_as_the_model_may(model: Model, said: str, form: str) -> None:
    assert form in written(model, said)


def test_manners_may_stand_around_it(model: Model) -> None:
    manners = Manners(before=("could you", "please"), after=("please",), opposites={}, same={})
    found = written(model, "open it", manners=manners, most=9)
    assert {"Could you open it please?", "Please, open it.", "please could you open it", "Open it."} <= found


def test_a_sentence_without_words_is_left_out(model: Model) -> None:
    assert written(model, "", "?!", "open it") == written(model, "open it")
