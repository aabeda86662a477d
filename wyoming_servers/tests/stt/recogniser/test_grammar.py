"""What the graph of a home's sentences spells."""

import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from athena_voice.stt.recogniser.grammar import Grammar, Node
from athena_voice.stt.recogniser.model import Model
from athena_voice.stt.recogniser.tokens import END
from athena_voice.stt.sentences import Manners, Sentence, Spelling

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


SPELLING = Spelling(digits={"0": ("oh",), "1": ("one",), "2": ("two", "to")}, shortest=2, longest=3)


def spelt(model: Model, pieces: tuple[int, ...]) -> set[str]:
    """Return the numbers that pieces may spell."""
    places = {Grammar([], model.tokens, PLAIN, SPELLING).start}
    for piece in (*pieces, END):
        places = {after for place in places for after in place.next.get(piece, ())}
    return {place.sentence.text for place in places if place.sentence is not None}


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("One two", "12"),
        ("one , to , oh", "120"),
        ("1 2", "12"),
        ("Two one one", "211"),
        ("one", None),
        ("one two one two", None),
    ],
)
def test_digits_are_heard_as_one_number_of_a_pins_length(model: Model, written: str, number: str | None) -> None:
    pieces = [piece for word in written.split() for piece in model.tokens.of_word(word, begins=word != ",")]
    assert spelt(model, tuple(pieces)) == ({number} if number else set())


def test_without_a_spelling_no_digit_begins_anything(model: Model) -> None:
    assert not Grammar([], model.tokens, PLAIN).start.next


def test_what_nobody_gets_to_takes_little_memory(model: Model) -> None:
    """10,000 sentences whose pieces were all worked out would take more than 100 MB."""
    sentences = [sentence(f"set the blind {one} to {two} percent") for one in range(100) for two in range(100)]
    tracemalloc.start()
    try:
        grammar = Grammar(sentences, model.tokens, PLAIN)
        [beginning, *_] = grammar.start.next.values()
        assert beginning[0].next
        assert tracemalloc.get_traced_memory()[0] < 20_000_000
    finally:
        tracemalloc.stop()


def test_threads_that_come_to_a_place_at_once_all_find_all_that_follows(model: Model) -> None:
    texts = [f"{word} the blind" for word in ("open", "close", "raise", "lower", "shut")]
    with ThreadPoolExecutor(4) as threads:
        for _ in range(50):
            start = Grammar(map(sentence, texts), model.tokens, PLAIN).start
            assert len(set(threads.map(lambda start: len(start.next), [start] * 4))) == 1
