"""The same question in the ways that people put it: as a statement with a tag, of none, of all, of some of several."""

import pytest

from .asked_home import ask


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("the garage is closed, right?", "No."),
        ("the garage isn't open, is it", "Yes."),
        ("the bedroom window is closed, isn't it", "Yes."),
        ("all the windows are closed, aren't they", "No, the kitchen window is open."),
        ("I didn't leave the kettle on, did I", "No."),
        ("I locked the front door, didn't I", "Yes."),
        ("no lights on upstairs, right?", "No, the left bedside lamp is on."),
    ],
)
def test_a_statement_with_a_tag_asks_whether_it_is_so(question: str, said: str) -> None:
    assert ask(question) == said


@pytest.mark.parametrize("statement", ["the garage is closed", "I locked the front door", "the lamp is on"])
def test_a_statement_without_one_asks_nothing(statement: str) -> None:
    assert ask(statement) is None


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("is nobody home", "No, Ada is at home."),
        ("is the house empty", "No, Ada is at home."),
        ("is no window open", "No, the kitchen window is open."),
        ("are we all home", "No, not Ben and Carl."),
        ("did I lock up", "No, the garage side door is unlocked."),
        ("anything open upstairs", "No."),
        ("how many of us are home", "One."),
        ("what's on in the kitchen", "The kitchen ceiling light and the kitchen speaker."),
        (
            "is there a light on somewhere",
            "Yes, the kitchen ceiling light, the hallway light and the left bedside lamp.",
        ),
        ("is the light on in the bathroom or in the kitchen", "Yes, the kitchen ceiling light."),
        ("which batteries need changing", "The Remote battery and the front door battery."),
        ("which song is playing right now", "Blue in Green by Miles Davis, on the kitchen speaker."),
        ("has Ada come home", "Yes."),
        ("the windows are all closed, aren't they", "No, the kitchen window is open."),
        ("are Ada and Ben both home", "No, Ben is away."),
        ("is any machine running", "Yes, Washing Machine."),
        ("how far is the office blind open", "40 percent."),
        ("what is the bedroom at", "18.2 degrees."),
        ("is there water under the sink", "No."),
        ("can you see if the kettle is on", "No."),
        ("is the hallway light still burning", "Yes."),
        ("do we have a window open upstairs", "No."),
        ("was the garage door left open", "Yes."),
        ("name all open windows", "The kitchen window."),
        ("did Ben get home", "No."),
        ("how many watts is the kettle using", "1850 watts."),
        ("is it cold out", "Minus 3.2 degrees."),
    ],
)
def test_it_is_asked_in_other_words(question: str, said: str) -> None:
    assert ask(question) == said
