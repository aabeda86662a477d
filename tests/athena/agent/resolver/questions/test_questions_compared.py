"""What is compared is told with its value: the warmest room, more than a number."""

import pytest

from .asked_home import ask


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("which room is the warmest", "The office, 22.2 degrees."),
        ("what's the warmest room", "The office, 22.2 degrees."),
        ("where is it hottest", "The office, 22.2 degrees."),
        ("what's the coldest room in the house", "The bedroom, 18.2 degrees."),
        ("which room is the coldest upstairs", "The bedroom, 18.2 degrees."),
    ],
)
def test_the_most_of_the_rooms_is_told_with_its_value(question: str, said: str) -> None:
    assert ask(question) == said


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("is it more than 20 degrees in the office", "Yes, 22.2 degrees."),
        ("is the office above 20", "Yes, 22.2 degrees."),
        ("is the bedroom warmer than twenty degrees", "No, 18.2 degrees."),
        ("is the bathroom humidity over 60 percent", "Yes, 71 percent."),
        ("which batteries are below 20 percent", "The front door battery."),
        ("any batteries under 10 percent", "No."),
    ],
)
def test_a_number_is_compared_with_what_the_thing_tells(question: str, said: str) -> None:
    assert ask(question) == said


@pytest.mark.parametrize("question", ["what's two plus two", "is it more than 20 miles to Leeds", "who is the oldest"])
def test_what_cannot_be_compared_is_left_to_others(question: str) -> None:
    assert ask(question) is None
