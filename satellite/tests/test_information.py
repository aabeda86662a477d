"""What the satellite tells of itself."""

from wyoming.info import Info

from athena_satellite.information import information
from athena_satellite.settings import Settings


def told(settings: Settings) -> Info:
    return Info.from_event(information(settings, None))


def test_it_has_the_one_wake_word_it_listens_for_and_no_more_than_is_built() -> None:
    info = told(Settings(name="Kitchen", wake_word="hey_jarvis"))
    assert info.satellite is not None
    assert info.satellite.active_wake_words == ["hey_jarvis"]
    assert info.satellite.max_active_wake_words == 1
    assert [(model.name, model.phrase) for model in info.wake[0].models] == [("hey_jarvis", "Hey Jarvis")]
    assert not info.satellite.has_vad
    assert not info.satellite.supports_trigger


def test_one_that_leaves_the_wake_word_to_home_assistant_has_none() -> None:
    info = told(Settings(name="Kitchen", remote_wake=True))
    assert info.satellite is not None
    assert info.satellite.active_wake_words == []
    assert info.satellite.max_active_wake_words == 0
    assert info.wake == []
