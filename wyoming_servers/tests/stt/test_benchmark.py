"""What `script/bench stt` says to the home engine, and how it counts; eSpeak NG speaks here, for it is always there."""

from collections import Counter
from pathlib import Path

import pytest

from athena_voice.stt.home_file import read
from athena_voice.stt.sentences import COMMAND, PIN
from benchmarks.hearing.picture import picture, point
from benchmarks.hearing.said import (
    COMMANDS,
    EVERYDAY,
    HOME,
    LIKE_HOME,
    MORE,
    PINS,
    TEXTS,
    Home,
    Utterance,
    lines,
)
from benchmarks.hearing.scores import mistakes, outcome, rows_of, tally
from benchmarks.hearing.sound import BABBLE, CLEAN
from benchmarks.hearing.trials import Ears, Job, Take, Trial, hear
from benchmarks.hearing.voices import ESPEAK

BRIDGE = Utterance(kind=LIKE_HOME, text="the bridge was built in eighteen eighty nine")


@pytest.fixture(scope="module")
def home() -> Home:
    return Home.read(HOME)


def _trial(utterance: Utterance, sentence: str, *, doubt: float = 0.0, free: str = "") -> Trial:
    return Trial(
        utterance=utterance,
        speaker="a voice",
        condition="clean",
        free=free,
        sentence=sentence,
        doubt=doubt,
        margin=10.0,
        strangeness=0.1,
        possible=True,
        accepted=doubt <= 8,
    )


def test_the_home_is_a_large_one() -> None:
    vocabulary = read(HOME)
    assert len(vocabulary.entities) >= 60
    assert len(vocabulary.areas) >= 9


def test_the_home_has_thousands_of_sentences(home: Home) -> None:
    assert len(home.sentences) >= 2000


def test_a_third_of_what_must_be_rejected_sounds_like_the_home(home: Home) -> None:
    kinds = Counter(utterance.kind for utterance in home.others())
    assert kinds.total() >= 300
    assert 3 * kinds[LIKE_HOME] >= kinds.total()
    assert kinds[EVERYDAY] >= 200


@pytest.mark.parametrize("name", ["like_home.txt", "everyday.txt"])
def test_nothing_that_must_be_rejected_is_a_sentence_of_the_home(home: Home, name: str) -> None:
    assert [line for line in lines(TEXTS / name) if home.understood(line)] == []


def test_no_text_stands_there_twice() -> None:
    texts = [line for path in TEXTS.glob("*.txt") for line in lines(path)]
    assert [text for text, count in Counter(texts).items() if count > 1] == []


def test_wishes_in_other_words_mean_sentences_of_the_home(home: Home) -> None:
    meant = [line.partition(" => ")[2] for line in lines(TEXTS / "otherwise.txt")]
    assert [means for means in meant if not all(map(home.deeds.sentence, means.split(" | ")))] == []
    assert len(home.otherwise()) >= 80


def test_commands_are_of_all_shapes_and_the_same_for_a_seed(home: Home) -> None:
    commands = home.commands(COMMANDS, 1)
    assert len(commands) >= 400
    assert commands == home.commands(COMMANDS, 1) != home.commands(COMMANDS, 2)
    said = Counter(home.deeds.shape(command.means[0]) for command in commands)
    assert len(said) > 100
    assert max(said.values()) <= 20  # not most of them one shape with many numbers


def test_each_further_kind_has_rows_of_its_own(home: Home) -> None:
    assert set(home.further_kinds) == {"answers", "follow_ups", "several", "degrees", "questions"}
    for kind in home.further_kinds:
        said = home.commands(MORE, 1, kind)
        assert len(said) == MORE
        assert {utterance.kind for utterance in said} == {kind}
    assert not {utterance.text for utterance in home.commands(COMMANDS, 1)} & {
        sentence.said for sentence in home.sentences if sentence.kind != COMMAND
    }


def test_pins_are_said_digit_by_digit_and_right_only_as_a_whole(home: Home) -> None:
    pins = home.pins(PINS, 1)
    assert len({pin.means for pin in pins}) == PINS
    said = Utterance(kind=PIN, text="zero four one two", means=("0412",))
    got = ("0412", "0421", "")
    assert [outcome(_trial(said, each), home, each) for each in got] == ["right", "wrong", "rejected"]
    assert home.understood("Zero, for, one, two.") == "0412", "the peer's words are read as well as ours"


def test_almost_a_third_of_the_commands_have_manners(home: Home) -> None:
    sentences = {sentence.said for sentence in home.sentences}
    plain = sum(command.text in sentences for command in home.commands(COMMANDS, 1))
    assert COMMANDS * 2 // 3 <= plain <= COMMANDS * 3 // 4  # nobody says "could you is it on": some go without


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Could you turn the corner lamp on, please?", "turn on the corner lamp"),
        ("Switch off the porch light.", "turn off the porch light"),
        ("Set Living Room corner lamp to 50%", "set the corner lamp to 50 percent"),
        ("what is the time", "what's the time"),
        ("turn on the dishwasher", ""),
        ("", ""),
    ],
)
def test_a_transcript_is_understood_as_home_assistant_does(home: Home, text: str, sentence: str) -> None:
    assert home.deeds.of(home.understood(text)) == home.deeds.of(sentence)


def test_outcomes_are_told_apart(home: Home) -> None:
    said = Utterance(kind=COMMAND, text="switch the corner lamp on", means=("switch the corner lamp on",))
    outcomes = {
        "turn on the corner lamp": "right",
        "turn off the living room corner lamp": "opposite",
        "turn on the lava lamp": "wrong",
        "": "rejected",
    }
    assert {got: outcome(_trial(said, got), home, got) for got in outcomes} == outcomes
    count = tally([_trial(said, got) for got in outcomes], home, lambda trial: trial.got)
    assert (count.right, count.wrong, count.opposite, count.rejected) == (1, 2, 1, 1)
    assert outcome(_trial(BRIDGE, "turn on the lamp"), home, "turn on the lamp") == "accepted"


def test_the_picture_follows_the_bound_without_hearing_again(home: Home) -> None:
    said = Utterance(kind=COMMAND, text="turn on the lamp", means=("turn on the lamp",))
    trials = [_trial(said, "turn on the lamp", doubt=5.0), _trial(BRIDGE, "turn on the washer", doubt=10.0)]
    bounds = {bound: point(trials, home, bound) for bound in (4.0, 6.0, 12.0)}
    assert {bound: (each.accepted, each.right) for bound, each in bounds.items()} == {
        4.0: (0, 0),
        6.0: (0, 100),
        12.0: (100, 100),
    }
    assert picture(trials, home).count("<circle") == 1


def test_three_utterances_are_said_heard_and_counted(home: Home) -> None:
    texts = ("turn on the lamp", "turn off the hot tub")
    said = [*(Utterance(kind=COMMAND, text=text, means=(text,)) for text in texts), BRIDGE]
    takes = [
        Take(utterance=utterance, speaker=voice.name, samples=voice.say(utterance.text, 1.0))
        for utterance, voice in zip(said, ESPEAK, strict=True)
    ]
    ears = Ears(home)
    jobs = [Job(take=number, condition=CLEAN, gain_db=-12, seed=number) for number in range(len(takes))]
    trials = [hear(ears, takes, job) for job in jobs]
    assert [trial.free != "" for trial in trials] == [True] * 3
    assert [trial.accepted for trial in trials[2:]] == [False]
    rows = {row.name: row for row in rows_of("synthesised", trials, home)}
    right, wrong, rejected = (
        rows[f"synthesised, clean, commands (2): {what}"].value for what in ("right", "wrong", "rejected")
    )
    assert right + wrong + rejected == 100
    assert rows["synthesised, clean, others, like home (1): rejected"].value == 100
    assert list(mistakes(trials[2:], home)) == []
    assert hear(ears, takes, jobs[0]) == trials[0]
    babble = Job(take=0, condition=BABBLE, gain_db=0, seed=1)
    assert hear(ears, takes, babble).condition == "babble, 10 dB"


def test_another_home_may_be_measured(tmp_path: Path) -> None:
    path = tmp_path / "home.yaml"
    path.write_text("language: en\nentities:\n  - {name: Lamp, domain: light}\n")
    small = Home.read(path)
    assert len(small.commands(COMMANDS, 1)) <= len(small.sentences)
    assert all(small.deeds.sentence(meant) for wish in small.otherwise() for meant in wish.means)
