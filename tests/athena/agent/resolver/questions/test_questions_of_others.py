"""What is no question about this home is left to others: nothing is stolen, and nothing is made up."""

from typing import Final

import pytest

from .asked_home import ask

OTHERS: Final = """
who is the president
what's the capital of France
what time is it
what's the weather like tomorrow
how do I cook pasta
is it raining
how are you
what is the speed of light
what is the temperature of the sun
how far is the moon
is the store open
is the bank closed
what's on my calendar
where are my keys
where did I put my phone
what's on tonight
why is the kitchen light on
was the front door open yesterday
how long has the garage door been open
is the kitchen window open wide enough to climb through
is the window open at work
if the kettle is on turn it off
let me know when the washing machine is done
make sure the front door is locked
should I close the windows
which lights are energy efficient
how many lights does a Christmas tree have
where is Ada from
how old is Ada
is Ada angry
what alarms are set
how many timers are running
how hot is it in Texas
is anyone asleep
is the sauna on
how warm is it in the cellar
what is the kitchen temperature
which one
what
is
""".strip().splitlines()

COMMANDS: Final = """
turn on the kitchen light
lights off
hallway light on
kettle on
open the garage door
lock the front door
have the hallway light on
set the thermostat to 21
volume up
brighter
temperature 20 degrees
charge the vacuum
play music
what are you waiting for, turn on the light
the kettle
set the kitchen speaker volume to 30 percent
all windows closed
fire please
and the fan
water
volume
Reading Lamp
Kettle
office blind open
garage open
kitchen speaker volume 30 percent
hallway light brightness 50
bathroom fan speed high
""".strip().splitlines()


@pytest.mark.parametrize("question", OTHERS)
def test_what_the_home_does_not_tell_is_left_to_others(question: str) -> None:
    assert ask(question, area="kitchen") is None


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_no_question(command: str) -> None:
    assert ask(command, area="kitchen") is None


@pytest.mark.parametrize("nothing", ["", "?", "  ", "...", "¿?"])
def test_nothing_is_no_question(nothing: str) -> None:
    assert ask(nothing) is None


def test_an_utterance_of_five_thousand_words_is_no_question() -> None:
    assert ask("is the light on " * 1000) is None
    assert ask("is " + "the " * 5000 + "light on") is None
