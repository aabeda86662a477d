"""Design §3, rules 7 and 8; PRD phase 3 and 4, §9 (Alarm Sequence): how an alarm wakes, and what is heard."""

from datetime import timedelta
from itertools import pairwise

import pytest

from custom_components.athena.brain import profiles
from custom_components.athena.brain.commands import (
    AudioPlay,
    AudioSay,
    LightsAnimate,
    LightsSetScene,
    MusicPlay,
    MusicStop,
    Notice,
    RoomSetState,
)
from custom_components.athena.brain.events import (
    MusicPlaying,
    MusicStopped,
    SoundFailed,
    SoundHeard,
)
from custom_components.athena.brain.room_state import RoomState, Why
from custom_components.athena.brain.settings import Music, RoomSettings

from .life import START, Life, alarm, lines, notices, ringing, told, volumes


def test_prd_9_alarm_sequence_light_line_and_alarm_start_at_the_hour() -> None:
    life = Life()
    life.sets()
    life.falls_asleep()
    life.till("06:59")
    assert life.till("07:00") == (
        RoomSetState(room="bedroom", state=RoomState.WAKE, why=Why.ALARM),
        LightsSetScene(room="bedroom", scene="wake"),
        START,
        AudioPlay(room="bedroom", sound="alarm", volume=0.4, urgent=True),
        AudioSay(room="bedroom", text="Arman, wake up now.", volume=0.4, urgent=True),
    )


def test_prd_9_the_line_is_repeated_every_ten_to_fifteen_seconds_a_little_louder() -> None:
    life = ringing()
    said: list[tuple[float, float | None]] = []
    for second in range(1, 121):
        orders = life.passes(seconds=1)
        assert set(lines(orders)) <= {"Arman, wake up now."}
        said += [(second, volume) for volume in volumes(orders)]
    gaps = [later[0] - earlier[0] for earlier, later in pairwise(said)]
    assert all(10 <= gap <= 15 for gap in gaps)
    loudness = [volume for _, volume in said if volume is not None]
    assert len(loudness) == len(said) == 10
    assert loudness == sorted(set(loudness))


@pytest.mark.parametrize("profile", profiles.ALL.values(), ids=profiles.ALL)
def test_prd_9_every_profile_keeps_to_ten_to_fifteen_seconds_and_grows_louder(profile: profiles.Profile) -> None:
    assert timedelta(seconds=10) <= profile.every <= timedelta(seconds=15)
    assert profile.volume_of(0) < profile.volume_of(1) <= profile.volume_of(100) == 1.0


def test_a_profile_that_is_gone_wakes_as_the_default_does() -> None:
    assert profiles.profile_of("disco").key == "morning_default"


def test_prd_7_phase_4_gradual_wake_light_ten_to_fifteen_minutes_before() -> None:
    life = Life()
    life.sets()
    life.falls_asleep()
    assert life.till("06:47") == ()
    assert life.till("06:48") == (LightsAnimate(room="bedroom", animation="sunrise", duration=720.0),)
    assert timedelta(minutes=10) <= RoomSettings(room="").sunrise <= timedelta(minutes=15)


def test_a_profile_without_a_sunrise_stays_dark_until_the_hour() -> None:
    life = Life()
    life.sets(alarm(profile="firm"))
    life.falls_asleep()
    assert life.till("06:59") == ()


def test_an_alarm_set_within_its_sunrise_begins_it_at_once() -> None:
    life = Life()
    life.falls_asleep()
    life.till("06:55")
    assert life.sets() == (LightsAnimate(room="bedroom", animation="sunrise", duration=300.0),)


MUSIC = Music(player="media_player.desk", media="playlist")


def test_music_that_plays_is_the_sound_and_the_voice_goes_on() -> None:
    life = Life()
    life.sets(alarm(music=MUSIC))
    orders = life.till("07:00")
    assert MusicPlay(room="bedroom", player=MUSIC.player, media=MUSIC.media) in orders
    assert "audio.play" not in told(orders)
    life.passes(seconds=2)
    life.tell(MusicPlaying, MUSIC.player)
    later = life.passes(minutes=2)
    assert "audio.play" not in told(later)
    assert lines(later)
    assert MusicStop(room="bedroom", player=MUSIC.player) in life.dismissed()


def test_music_that_does_not_play_is_replaced_by_athenas_own_sound_within_eight_seconds() -> None:
    life = Life()
    life.sets(alarm(music=MUSIC))
    life.till("07:00")
    assert "audio.play" in told(life.passes(seconds=8))


def test_music_that_says_it_stands_still_before_it_plays_is_waited_for() -> None:
    life = Life()
    life.sets(alarm(music=MUSIC))
    life.till("07:00")
    assert life.tell(MusicStopped, MUSIC.player) == ()
    life.tell(MusicPlaying, MUSIC.player)
    assert "audio.play" not in told(life.passes(seconds=10))


def test_music_that_stops_while_it_rings_is_replaced_at_once() -> None:
    life = Life()
    life.sets(alarm(music=MUSIC))
    life.till("07:00")
    life.tell(MusicPlaying, MUSIC.player)
    life.tell(MusicPlaying, "media_player.kitchen")
    life.passes(minutes=1)
    assert "audio.play" in told(life.tell(MusicStopped, MUSIC.player))


def test_an_alarm_that_nothing_can_play_is_told_once() -> None:
    life = ringing()
    assert notices(life.tell(SoundFailed, "audio.play")) == [Notice.ALARM_UNHEARD]
    assert life.tell(SoundFailed, "audio.play") == ()
    assert life.room.unheard
    life.tell(SoundHeard, "audio.play")
    assert not life.room.unheard
    assert life.tell(SoundFailed, "audio.play") == ()  # it comes and goes: once a ring is enough
    assert life.room.unheard


def test_what_cannot_be_heard_while_nothing_rings_is_no_news() -> None:
    life = Life()
    assert life.tell(SoundFailed, "audio.play") == ()


def test_two_alarms_at_once_speak_with_one_voice_and_end_together() -> None:
    life = Life()
    life.sets()
    life.sets(alarm(id="second"))
    life.falls_asleep()
    life.till("06:59")
    life.posture("lying")
    orders = life.till("07:00")
    assert told(orders).count("alarm.start") == 2
    assert len(lines(orders)) == 1
    assert told(life.gets_up()).count("alarm.stop") == 2
