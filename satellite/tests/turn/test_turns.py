"""The turn alone: the turns a household knows."""

import pytest

from athena_satellite.turn import events, states
from athena_satellite.turn.phrases import Line
from athena_satellite.turn.states import Home, State
from tests.turn.observer import FORM, SECOND, Room, failed, woken


def test_a_turn() -> None:
    room = Room()
    room.tell(woken())
    assert room.observer.streaming
    room.tell(events.VoiceStarted(), events.VoiceStopped())
    assert not room.observer.streaming
    room.tell(events.Transcribed(text="turn on the lamp"), events.Answered(text="Lamp on."))
    room.reply()
    assert room.observer.played == 0
    room.play_out()
    assert room.observer.played == 1
    assert room.observer.said == []
    assert room.observer.notes == [
        *("wake", "voice_started", "voice_stopped", "transcript", "synthesize", "first_audio", "played", "end")
    ]


def test_streaming_speech_may_begin_before_its_text_is_known() -> None:
    room = Room()
    room.tell(woken(), events.VoiceStarted(), events.VoiceStopped(), events.Transcribed(text="x"))
    room.tell(events.AudioBegan(form=FORM), events.Audio(audio=SECOND), events.Answered(text="x"))
    assert room.turns.state is State.REPLYING
    room.tell(events.Audio(audio=SECOND), events.AudioEnded())
    room.play_out()
    assert room.observer.played == 1


def test_a_server_that_ends_the_command_itself_sends_a_transcript_and_no_voice_events() -> None:
    room = Room()
    room.tell(woken(), events.Transcribed(text="turn on the lamp"))
    assert not room.observer.streaming
    assert room.turns.state is State.THINKING


def test_nothing_recognised_is_answered_by_the_satellite_itself() -> None:
    room = Room()
    room.tell(woken(), events.VoiceStarted(), events.VoiceStopped(), failed("stt-no-text-recognized"))
    assert room.observer.said == [Line.NOT_CAUGHT]
    room.play_out()
    assert room.turns.wake_word_wanted
    assert room.observer.played == 0


def test_a_duplicate_wake_up_stands_down_in_silence() -> None:
    room = Room()
    room.tell(woken(), failed("duplicate_wake_up_detected"))
    assert room.observer.said == []
    assert room.turns.wake_word_wanted


@pytest.mark.parametrize("code", ["intent-failed", "stt-stream-failed", "tts-failed", ""])
def test_any_other_error_is_said(code: str) -> None:
    room = Room()
    room.tell(woken(), events.VoiceStarted(), failed(code))
    assert room.observer.said == [Line.WENT_WRONG]


def spoken_to(room: Room, turn: str = "t0") -> None:
    """Let a turn pass in which Home Assistant tells of a voice."""
    room.tell(woken(turn), events.VoiceStarted(), events.VoiceStopped(), events.Transcribed(text="x"))
    room.reply()
    room.play_out()


def silence_allowed(room: Room) -> float:
    """Wake it, say nothing until the satellite ends the audio, and return how long that may take, in seconds."""
    room.tell(woken(), events.PipelineBegan())
    assert room.turns.deadline is not None
    seconds = room.turns.deadline.seconds
    said = len(room.observer.said)
    room.elapse()
    assert not room.observer.streaming
    assert room.turns.state is State.THINKING
    room.tell(failed("stt-no-text-recognized"))
    assert room.observer.said[said:] == [Line.NOT_CAUGHT]
    room.play_out()
    return seconds


def test_silence_after_the_wake_word_ends_the_audio_so_that_home_assistant_ends_the_turn() -> None:
    room = Room()
    spoken_to(room)
    assert silence_allowed(room) == states.VOICE_SECONDS
    assert silence_allowed(room) == states.VOICE_SECONDS


def test_no_command_is_cut_short_before_home_assistant_ever_told_of_a_voice() -> None:
    room = Room()
    assert silence_allowed(room) == states.COMMAND_SECONDS
    spoken_to(room)
    assert silence_allowed(room) == states.VOICE_SECONDS


@pytest.mark.parametrize("change", [(events.HomeReplaced(),), (events.HomeLost(), events.HomeConnected())])
def test_a_new_connection_may_be_one_that_tells_of_no_voice(change: tuple[events.Event, ...]) -> None:
    room = Room()
    spoken_to(room)
    room.tell(*change)
    assert silence_allowed(room) == states.COMMAND_SECONDS


def test_a_pause_is_no_new_connection() -> None:
    room = Room()
    spoken_to(room)
    room.tell(events.HomePaused(), events.HomeConnected())
    assert silence_allowed(room) == states.VOICE_SECONDS


def test_a_transcript_without_a_voice_is_of_a_server_that_ends_the_command_itself() -> None:
    room = Room()
    spoken_to(room)
    room.tell(woken(), events.Transcribed(text="turn on the lamp"))
    room.reply()
    room.play_out()
    assert silence_allowed(room) == states.COMMAND_SECONDS


def test_a_wake_word_that_home_assistant_does_nothing_with_ends_soon_and_without_a_word() -> None:
    room = Room()
    room.tell(woken())
    assert room.turns.deadline is not None
    assert room.turns.deadline.seconds == states.BEGIN_SECONDS
    room.elapse()
    assert room.at() is State.IDLE
    assert room.observer.said == []
    assert room.observer.notes == ["wake", "unanswered", "end"]
    assert room.observer.abandoned == 1  # one that is only slow must not answer into the room later
    room.tell(failed("tts-not-supported"))
    assert room.turns.wake_word_wanted
    room.tell(woken("t2"), events.PipelineBegan())
    assert room.at() is State.LISTENING


def test_a_pipeline_begins_once_in_a_turn() -> None:
    room = Room()
    room.tell(woken(), events.PipelineBegan())
    before = room.turns.deadline
    room.tell(events.PipelineBegan())
    assert room.turns.deadline is before
    room.tell(events.VoiceStarted(), events.PipelineBegan())
    assert room.at() is State.HEARING


def test_home_assistant_falling_silent_ends_the_turn() -> None:
    room = Room()
    room.tell(woken(), events.VoiceStarted(), events.VoiceStopped())
    assert room.turns.deadline is not None
    assert room.turns.deadline.seconds == states.QUIET_SECONDS
    room.elapse()
    assert room.observer.said == [Line.WENT_WRONG]
    assert room.observer.abandoned == 1  # what still runs there must not meet the next turn
    room.tell(failed("validation-error"))
    assert room.observer.notes == ["wake", "voice_started", "voice_stopped", "error"]
    room.play_out()
    room.tell(woken("t2"), failed("intent-failed"))
    assert room.observer.said == [Line.WENT_WRONG] * 2


def test_audio_that_never_follows_its_text_ends_the_turn_sooner() -> None:
    room = Room()
    room.tell(woken(), events.VoiceStarted(), events.VoiceStopped())
    room.tell(events.Transcribed(text="x"), events.Answered(text="y"))
    assert room.turns.deadline is not None
    assert room.turns.deadline.seconds == states.AUDIO_SECONDS
    room.elapse()
    assert room.observer.said == [Line.WENT_WRONG]


def test_a_reply_that_breaks_off_is_played_as_far_as_it_came_and_explained() -> None:
    room = Room()
    room.tell(woken(), events.VoiceStarted(), events.VoiceStopped(), events.Answered(text="x"))
    room.tell(events.AudioBegan(form=FORM), events.Audio(audio=SECOND))
    room.elapse()
    assert room.turns.state is State.DRAINING
    room.play_out()
    assert room.observer.said == [Line.WENT_WRONG]
    assert room.observer.played == 1


def test_a_real_time_gap_within_a_reply_is_allowed() -> None:
    room = Room()
    room.tell(woken(), events.VoiceStarted(), events.VoiceStopped(), events.AudioBegan(form=FORM))
    before = room.turns.deadline
    room.tell(events.Audio(audio=SECOND))
    assert room.turns.deadline is not before


def test_an_announcement_is_played_and_reported() -> None:
    room = Room()
    room.reply()
    assert not room.turns.wake_word_wanted
    room.play_out()
    assert room.observer.played == 1
    assert room.observer.notes == ["first_audio", "played"]
    assert room.turns.wake_word_wanted


def test_an_announcement_in_mid_turn_takes_over() -> None:
    room = Room()
    room.tell(woken())
    room.reply()
    assert not room.observer.streaming
    room.play_out()
    assert room.observer.ended == ["t1"]


def test_an_announcement_right_after_another_is_reported_once_the_last_has_been_played() -> None:
    room = Room()
    room.reply()
    first = room.playback
    room.reply()
    room.tell(events.PlaybackBegan(playback=first), events.PlaybackEnded(playback=first, seconds=1.0))
    assert room.observer.played == 0
    room.play_out()
    assert room.observer.played == 1


def test_a_long_announcement_has_the_time_it_takes() -> None:
    room = Room()
    room.tell(events.AudioBegan(form=FORM), *[events.Audio(audio=SECOND)] * 90, events.AudioEnded())
    assert room.turns.deadline is not None
    assert room.turns.deadline.seconds == 90 + states.DRAIN_SECONDS


def test_woken_while_home_assistant_is_away_says_so_and_says_when_it_is_back() -> None:
    room = Room(Home.AWAY)
    room.tell(woken())
    assert room.observer.said == [Line.OFFLINE]
    room.play_out()
    assert room.observer.ended == ["t1"]
    room.tell(events.HomeConnected())
    assert room.observer.said == [Line.OFFLINE, Line.BACK_ONLINE]
    room.play_out()
    room.tell(events.HomeLost(), events.HomeConnected())
    assert room.observer.said == [Line.OFFLINE, Line.BACK_ONLINE]


def test_a_home_assistant_that_returns_while_its_absence_is_spoken_of_is_announced_afterwards() -> None:
    room = Room(Home.AWAY)
    room.tell(woken(), events.PlaybackBegan(playback=1), events.HomeConnected())
    assert room.observer.said == [Line.OFFLINE]
    room.tell(events.PlaybackEnded(playback=1, seconds=1.0))
    assert room.observer.said == [Line.OFFLINE, Line.BACK_ONLINE]


def test_what_could_not_be_said_is_not_taken_back() -> None:
    room = Room(Home.AWAY)
    room.tell(woken(), events.PlaybackFailed(playback=1, reason="there is no clip of it"), events.HomeConnected())
    assert room.observer.said == [Line.OFFLINE]
    assert room.turns.wake_word_wanted


@pytest.mark.parametrize("reached", range(4))
def test_home_assistant_lost_in_mid_turn_is_said(reached: int) -> None:
    room = Room()
    room.tell(*(woken(), events.VoiceStarted(), events.VoiceStopped(), events.Transcribed(text="x"))[: reached + 1])
    room.tell(events.HomeLost())
    assert room.observer.said == [Line.OFFLINE]
    assert not room.observer.streaming


def test_home_assistant_lost_once_the_reply_has_arrived_costs_nothing() -> None:
    room = Room()
    room.tell(woken(), events.VoiceStarted(), events.VoiceStopped(), events.Transcribed(text="x"))
    room.reply()
    room.tell(events.HomeLost())
    room.play_out()
    assert room.observer.said == []
    assert room.turns.wake_word_wanted


def test_a_new_connection_in_mid_turn_ends_the_turn_but_is_not_an_absence() -> None:
    room = Room()
    room.tell(woken(), events.VoiceStarted(), events.HomeReplaced())
    assert room.observer.said == [Line.WENT_WRONG]
    room.play_out()
    room.tell(woken("t2"))
    assert room.turns.state is State.LISTENING


def test_muted_nothing_wakes_it_but_announcements_are_played() -> None:
    room = Room(Home.PAUSED)
    room.tell(woken())
    assert room.observer.begun == []
    room.reply()
    room.play_out()
    assert room.observer.played == 1
    assert not room.turns.wake_word_wanted
    room.tell(events.HomeReplaced())
    assert room.turns.wake_word_wanted


def test_muted_in_mid_command_nothing_more_is_heard_and_nothing_is_said() -> None:
    room = Room()
    room.tell(woken(), events.VoiceStarted(), events.HomePaused())
    assert not room.observer.streaming
    room.tell(failed("stt-no-text-recognized"))
    room.elapse()
    assert room.observer.said == []
    assert room.turns.state is State.IDLE


def test_muted_in_mid_command_what_was_said_before_is_still_answered() -> None:
    room = Room()
    room.tell(woken(), events.VoiceStarted(), events.HomePaused())
    room.tell(events.Transcribed(text="turn on the lamp"), events.Answered(text="Lamp on."))
    room.reply()
    room.play_out()
    assert room.observer.played == 1
    assert room.turns.state is State.IDLE


def test_a_home_assistant_that_shuts_down_in_mid_command_pauses_first_and_is_still_missed() -> None:
    room = Room()
    room.tell(woken(), events.VoiceStarted(), events.HomePaused(), events.HomeLost())
    assert room.observer.said == [Line.OFFLINE]


def test_a_speaker_that_fails_ends_the_turn_and_home_assistant_does_not_wait() -> None:
    room = Room()
    room.tell(woken(), events.VoiceStarted(), events.VoiceStopped())
    room.reply()
    room.tell(events.PlaybackFailed(playback=room.playback, reason="unplugged"))
    assert room.observer.played == 1
    assert room.turns.wake_word_wanted


def test_a_speaker_that_hangs_ends_the_turn() -> None:
    room = Room()
    room.tell(woken(), events.VoiceStarted(), events.VoiceStopped())
    room.reply()
    room.elapse()
    assert room.turns.wake_word_wanted
    assert room.observer.played == 1


def test_a_wake_word_heard_in_mid_turn_changes_nothing() -> None:
    room = Room()
    room.tell(woken(), woken("t2"))
    assert room.observer.begun == ["t1"]


def test_listening_needs_home_assistant_and_the_wake_word_server() -> None:
    room = Room(Home.AWAY)
    room.tell(events.ScoringChanged(scoring=True))
    assert not room.turns.listening
    room.tell(events.HomeConnected())
    assert room.turns.listening
    room.tell(events.ScoringChanged(scoring=False))
    assert not room.turns.listening
