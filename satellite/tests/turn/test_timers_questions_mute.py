"""The turn alone: timers that ring, questions, mute, and a Home Assistant that finds the wake word."""

import pytest

from athena_satellite.turn import events, states
from athena_satellite.turn.follow_ups import is_question
from athena_satellite.turn.phrases import Line
from athena_satellite.turn.policy import Policy
from athena_satellite.turn.states import Home, State
from tests.turn.observer import FORM, SECOND, Room, failed, woken

QUESTION = events.Answered(text="Which lamp?")
NOTHING = failed("stt-no-text-recognized")


def answered(room: Room, answer: events.Answered, turn: str = "t1") -> None:
    """Let a turn pass, until its reply has been played."""
    room.tell(woken(turn), events.VoiceStarted(), events.VoiceStopped(), answer)
    room.reply()
    room.play_out()


# --- timers ---------------------------------------------------------------------------------------------------------


def test_a_timer_rings_round_after_round_until_the_wake_word_which_begins_no_turn() -> None:
    room = Room()
    room.tell(events.TimerStarted(timer="1", seconds=60.0, name="pasta"))
    assert room.observer.kept is not None
    room.tell(events.CountdownEnded(timer="1", number=room.observer.kept.timers[0].number))
    for _ in range(3):
        room.play_out(9.0)
    assert room.observer.rung == [("Pasta timer.",)] * 4
    room.tell(woken())
    assert room.at() is State.IDLE
    assert not room.observer.sounding
    assert room.observer.begun == []
    assert room.observer.played == 0


@pytest.mark.parametrize("home", [Home.AWAY, Home.PAUSED])
def test_a_timer_rings_whoever_is_away_or_muted(home: Home) -> None:
    room = Room(home)
    room.tell(events.TimerFinished(timer="1"))
    assert room.at() is State.RINGING


def test_nobody_stops_it_and_it_ends() -> None:
    room = Room()
    room.tell(events.TimerFinished(timer="1"))
    for _ in range(30):
        room.play_out(10.0)
    assert room.at() is State.IDLE
    assert len(room.observer.rung) == 30


def test_a_timer_waits_for_the_turn_and_for_what_plays_and_then_rings() -> None:
    room = Room()
    room.tell(woken(), events.TimerFinished(timer="1"), events.VoiceStarted(), events.VoiceStopped())
    assert room.observer.rung == []
    room.reply()
    room.play_out()
    assert room.at() is State.RINGING


def test_an_announcement_interrupts_the_alarm_which_goes_on_afterwards() -> None:
    room = Room()
    room.tell(events.TimerFinished(timer="1"))
    room.reply()
    assert room.at() is State.DRAINING
    room.play_out()
    assert room.at() is State.RINGING
    assert room.observer.played == 1


def test_a_timer_is_kept_until_nobody_needs_to_hear_it_any_more() -> None:
    room = Room()

    def kept() -> tuple[int, int]:
        assert room.observer.kept is not None
        return len(room.observer.kept.timers), len(room.observer.kept.ringing)

    room.tell(events.TimerStarted(timer="1", seconds=60.0), events.TimerFinished(timer="2"))
    assert kept() == (1, 1)
    room.tell(woken())
    assert kept() == (1, 0)
    room.tell(events.TimerFinished(timer="1"))
    assert kept() == (0, 1)
    for _ in range(30):
        room.play_out(10.0)
    assert kept() == (0, 0)


def test_a_speaker_that_fails_while_it_rings_is_tried_again() -> None:
    room = Room()
    room.tell(events.TimerFinished(timer="1"))
    room.tell(events.PlaybackFailed(playback=room.playback, reason="unplugged"))
    assert room.at() is State.RECOVERING
    room.elapse()
    assert room.at() is State.RINGING


def test_a_timer_that_is_cancelled_while_it_rings_falls_silent() -> None:
    room = Room()
    room.tell(events.TimerFinished(timer="1"), events.TimerCancelled(timer="1"))
    assert room.at() is State.IDLE
    assert not room.observer.sounding


# --- questions ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["Which lamp?", 'Did you say "lamp?"', "Which one? ", "どれ？"])
def test_a_question_ends_in_a_question_mark(text: str) -> None:
    assert is_question(text)


@pytest.mark.parametrize("text", ["Lamp on.", "", "Why? Because."])
def test_anything_else_is_no_question(text: str) -> None:
    assert not is_question(text)


def test_after_a_question_and_its_echo_the_answer_is_listened_to_without_a_wake_word() -> None:
    room = Room()
    answered(room, QUESTION)
    assert room.observer.played == 1
    assert not room.observer.streaming
    assert room.turns.deadline is not None
    assert room.turns.deadline.seconds == states.ECHO_SECONDS
    room.elapse()
    assert room.at() is State.LISTENING
    assert room.turns.turn == "t1.1"
    assert room.observer.ended == ["t1"]


def test_silence_after_a_question_ends_it_without_a_word() -> None:
    room = Room()
    answered(room, QUESTION)
    room.elapse()
    room.tell(events.PipelineBegan())
    room.elapse()
    room.tell(NOTHING)
    assert room.at() is State.IDLE
    assert room.observer.said == []
    room.tell(woken("t2"), NOTHING)
    assert room.observer.said == [Line.NOT_CAUGHT]


@pytest.mark.parametrize(("told", "seconds"), [(True, states.VOICE_SECONDS), (False, states.ANSWER_SECONDS)])
def test_the_room_is_not_heard_for_long_when_nobody_answers(told: bool, seconds: float) -> None:
    room = Room()
    room.tell(woken(), *[events.VoiceStarted()] * told, events.Transcribed(text="x"), QUESTION)
    room.reply()
    room.play_out()
    room.elapse()
    assert room.at() is State.LISTENING
    room.tell(events.PipelineBegan())
    assert room.turns.deadline is not None
    assert room.turns.deadline.seconds == seconds


def test_streaming_speech_that_begins_before_its_text_is_known_may_be_a_question_too() -> None:
    room = Room()
    room.tell(woken(), events.VoiceStarted(), events.VoiceStopped(), events.AudioBegan(form=FORM))
    room.tell(events.Audio(audio=SECOND), QUESTION, events.AudioEnded())
    room.play_out()
    assert room.at() is State.SETTLING


def test_so_many_questions_in_a_row_and_no_more() -> None:
    room = Room(policy=Policy(follow_ups=2))
    answered(room, QUESTION)
    for _ in range(2):
        room.elapse()
        assert room.at() is State.LISTENING
        room.tell(events.VoiceStarted(), events.VoiceStopped(), QUESTION)
        room.reply()
        room.play_out()
    assert room.at() is State.IDLE
    answered(room, QUESTION, "t2")
    assert room.at() is State.SETTLING


@pytest.mark.parametrize("fact", [events.HomePaused(), events.HomeLost(), events.HomeReplaced(), events.MuteToggled()])
def test_a_question_is_not_listened_to_when_nobody_may_hear_the_answer(fact: events.Event) -> None:
    room = Room()
    answered(room, QUESTION)
    room.tell(fact)
    assert not room.observer.streaming
    assert room.observer.ended == ["t1"]


def test_follow_ups_can_be_switched_off() -> None:
    room = Room(policy=Policy(follow_ups=0))
    answered(room, QUESTION)
    assert room.at() is State.IDLE


def test_an_announcement_after_a_question_is_none() -> None:
    room = Room()
    room.tell(woken(), events.VoiceStarted(), events.VoiceStopped(), QUESTION)
    room.reply()
    room.reply()
    room.play_out()
    assert room.at() is State.IDLE


# --- sounds ---------------------------------------------------------------------------------------------------------


def test_an_announcement_has_a_chime_and_a_reply_has_none() -> None:
    room = Room()
    room.reply()
    room.play_out()
    assert room.observer.chimes == 1
    answered(room, events.Answered(text="x"))
    assert room.observer.chimes == 1
    silent = Room(policy=Policy(announcement_chime=False))
    silent.reply()
    assert silent.observer.chimes == 0


def test_the_chime_that_says_heard_comes_once_the_stream_has_ended() -> None:
    room = Room(policy=Policy(heard_chime=True))
    room.tell(woken(), events.VoiceStarted())
    assert room.observer.acknowledged == 0
    room.tell(events.VoiceStopped(), events.Transcribed(text="x"))  # the observer checks that nothing is streamed
    assert room.observer.acknowledged == 1


def test_a_satellite_that_stands_down_has_not_chimed() -> None:
    room = Room(policy=Policy(heard_chime=True))
    room.tell(woken(), failed("duplicate_wake_up_detected"))
    assert room.observer.acknowledged == 0
    assert room.at() is State.IDLE


def test_ten_minutes_may_wait_to_be_played_and_no_deadline_cuts_them() -> None:
    room = Room()
    room.tell(events.AudioBegan(form=FORM), *[events.Audio(audio=SECOND)] * 600)
    assert room.turns.deadline is not None
    assert room.turns.deadline.seconds >= 600
    room.tell(events.PlaybackStarved(playback=room.playback))
    assert room.turns.deadline.seconds == states.QUIET_SECONDS
    room.elapse()
    assert room.observer.abandoned == 0  # there is no pipeline to abandon
    room.play_out()
    assert room.observer.said == []


def test_hushed_what_sounds_stops_and_home_assistant_does_not_wait() -> None:
    room = Room()
    room.reply()
    room.tell(events.Hushed())
    assert room.at() is State.IDLE
    assert room.observer.played == 1


# --- mute -----------------------------------------------------------------------------------------------------------


def test_muted_in_mid_command_the_stream_ends_and_what_was_heard_is_not_acted_upon() -> None:
    room = Room()
    room.tell(woken(), events.VoiceStarted(), events.MuteToggled())
    assert not room.observer.streaming
    assert room.observer.abandoned == 1
    assert room.observer.said == [Line.MICROPHONE_OFF]
    room.tell(failed("validation-error"))
    room.play_out()
    assert not room.turns.wake_word_wanted
    assert room.observer.muted == [True]


def test_mute_outlasts_home_assistants_absence_and_is_no_matter_of_its_return() -> None:
    room = Room(muted=True)
    room.tell(events.HomeLost(), events.HomeConnected(), woken())
    assert room.observer.begun == []
    room.tell(events.MuteToggled())
    assert room.observer.said == [Line.MICROPHONE_ON]
    room.play_out()
    assert room.turns.wake_word_wanted


def test_muted_while_a_reply_plays_says_so_after_it() -> None:
    room = Room()
    room.tell(woken(), events.VoiceStarted(), events.VoiceStopped())
    room.reply()
    room.tell(events.MuteToggled())
    assert room.observer.said == []
    room.play_out()
    assert room.observer.said == [Line.MICROPHONE_OFF]


def test_home_assistants_mute_outlasts_its_restart() -> None:
    room = Room(Home.PAUSED)
    room.tell(events.HomeLost(muted=True), woken())
    assert room.observer.begun == []
    room.tell(events.HomeConnected(), woken())
    assert room.observer.begun == ["t1"]


# --- Home Assistant finds the wake word -----------------------------------------------------------------------------

REMOTE = Policy(remote_wake=True)
DETECTED = events.Detected(turn="t1", name="hey_jarvis")


def test_home_assistant_hears_everything_while_nothing_runs_and_is_asked_once() -> None:
    room = Room(policy=REMOTE)
    assert room.turns.listening
    room.tell(DETECTED)
    assert room.observer.streaming  # the command is in the same stream
    room.tell(events.VoiceStarted(), events.VoiceStopped(), events.Answered(text="x"))
    room.reply()
    assert not room.observer.streaming
    room.play_out()
    assert room.turns.listening
    assert room.observer.asked == [True, False]


@pytest.mark.parametrize("code", ["wake-engine-missing", "duplicate_wake_up_detected"])
def test_after_an_error_home_assistant_is_asked_again_in_a_while_and_the_log_has_it_once(code: str) -> None:
    room = Room(policy=REMOTE)
    for _ in range(3):
        room.tell(failed(code))
        assert not room.observer.streaming
        room.elapse()
        assert room.observer.streaming
    assert room.observer.asked == [True] * 4
    assert room.observer.notes.count("error") == 1


def test_an_abandoned_run_has_ended_before_home_assistant_is_asked_again() -> None:
    room = Room(policy=REMOTE)
    room.tell(DETECTED, events.VoiceStarted())
    room.elapse()
    room.play_out()
    assert room.at() is State.RECOVERING
    assert room.observer.asked == [True]
    room.tell(failed("validation-error"))
    assert room.observer.asked == [True, True]


def test_a_wake_word_found_there_stops_the_alarm_and_the_command_it_would_begin() -> None:
    room = Room(policy=REMOTE)
    room.tell(events.TimerFinished(timer="1"), DETECTED)
    assert not room.observer.sounding
    assert room.observer.begun == []
    assert room.observer.abandoned == 1


def test_muted_nothing_is_streamed_there_either() -> None:
    room = Room(policy=REMOTE)
    room.tell(events.MuteToggled())
    room.play_out()
    assert not room.observer.streaming
    room.tell(events.MuteToggled())
    room.play_out()
    assert room.observer.streaming
