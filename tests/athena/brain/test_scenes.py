"""PRD §9's tables of scenes, and the user's own."""

import pytest

from custom_components.athena.brain import scenes
from custom_components.athena.brain.animations import GOLDEN_SHIMMER, PULSE, SUNRISE
from custom_components.athena.brain.colors import AMBER, GOLD
from custom_components.athena.brain.commands import AudioSay, LightsAnimate, LightsSetScene
from custom_components.athena.brain.scene import Look, Scene
from custom_components.athena.brain.scenes import ENTRY, EXIT, FOCUS, NIGHT, PATH, SLEEP, WAKE
from custom_components.athena.brain.settings import RoomSettings

from .life import Life

MOVIE = Scene(key="movie", look=Look(brightness=20, fade=3.0), line="Enjoy.", animation=PULSE)


def test_prd_9_welcome_golden_shimmer_then_honey_gold_at_70_percent_welcome_back() -> None:
    assert ENTRY.animation is GOLDEN_SHIMMER
    assert (ENTRY.look.rgb, ENTRY.look.brightness) == (GOLD, 70)
    assert ENTRY.line.format(comma_name=", Arman") == "Welcome back, Arman."


def test_prd_9_sleep_fade_to_off_over_30_s_silently() -> None:
    assert (SLEEP.look.brightness, SLEEP.look.fade, SLEEP.line) == (0, 30.0, "")


def test_prd_9_wake_gentle_and_warm_in_the_light_a_sunrise_ends_with() -> None:
    last = SUNRISE.keyframes[-1]
    assert (WAKE.look.brightness, WAKE.look.kelvin) == (last.brightness, last.kelvin)
    assert WAKE.look.fade >= 10
    assert WAKE.line.format(comma_name=", Arman") == "Good morning, Arman."


def test_prd_9_focus_cool_white_at_100_percent() -> None:
    assert FOCUS.look.kelvin is not None
    assert (FOCUS.look.brightness, FOCUS.look.kelvin >= 5000, FOCUS.line) == (100, True, "Focus mode.")


def test_prd_9_night_warm_amber_at_30_percent() -> None:
    assert (NIGHT.look.brightness, NIGHT.look.rgb, NIGHT.line) == (30, AMBER, "Night mode.")


def test_prd_9_exit_fade_out_in_3_to_5_s_goodbye() -> None:
    assert (EXIT.look.brightness, 3 <= EXIT.look.fade <= 5, EXIT.line) == (0, True, "Goodbye.")


def test_rule_5_the_path_of_a_night_visit_is_warm_silent_and_at_most_5_percent() -> None:
    assert 0 < PATH.look.brightness <= 5
    assert PATH.look.rgb is not None
    assert PATH.look.rgb[0] > PATH.look.rgb[1] > PATH.look.rgb[2]
    assert PATH.line == ""


def test_prd_15_every_scene_of_the_wire_is_there() -> None:
    keys = [scene.key for scene in scenes.ALL]
    assert {"focus", "night", "sleep", "wake", "entry", "exit"} <= set(keys)
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("scene", scenes.ALL, ids=lambda scene: scene.key)
def test_a_scene_is_light_unless_it_ends_in_the_dark(scene: Scene) -> None:
    assert scene.is_light is (scene not in (EXIT, SLEEP))


@pytest.mark.parametrize(("levels", "is_light"), [((0, 0), False), ((0, 30), True)])
def test_a_scene_of_single_lights_is_light_where_one_of_them_is_on(levels: tuple[int, ...], is_light: bool) -> None:
    looks = {f"light.{index}": Look(brightness=level, fade=0.0) for index, level in enumerate(levels)}
    assert Scene(key="mine", look=Look(brightness=0, fade=0.0), line="", lights=looks).is_light is is_light


def test_a_scene_of_the_users_own_is_shown_with_its_animation_and_its_line() -> None:
    life = Life(RoomSettings(room="bedroom", scenes=(MOVIE,)))
    orders = life.asked("movie")
    assert orders == (
        LightsAnimate(room="bedroom", animation="pulse", duration=PULSE.duration),
        LightsSetScene(room="bedroom", scene="movie"),
        AudioSay(room="bedroom", text="Enjoy."),
    )
