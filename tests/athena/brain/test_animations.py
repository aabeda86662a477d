"""Animations are data: what each light does, and when."""

import pytest

from custom_components.athena.brain import animations
from custom_components.athena.brain.animation import Animation
from custom_components.athena.brain.animations import GOLDEN_SHIMMER, SUNRISE
from custom_components.athena.brain.colors import AMBER, CREAM, GOLD


@pytest.mark.parametrize("animation", animations.ALL, ids=lambda animation: animation.key)
def test_keyframes_go_from_the_beginning_to_the_end(animation: Animation) -> None:
    moments = [keyframe.at for keyframe in animation.keyframes]
    assert (moments[0], moments[-1]) == (0.0, 1.0)
    assert moments == sorted(set(moments))
    assert all(1 <= keyframe.brightness <= 100 for keyframe in animation.keyframes)
    assert 0 <= animation.wave < 1


@pytest.mark.parametrize("animation", animations.ALL, ids=lambda animation: animation.key)
@pytest.mark.parametrize("lights", [0, 1, 2, 9])
def test_every_light_is_done_when_the_animation_is(animation: Animation, lights: int) -> None:
    played = animation.frames(20.0, lights)
    assert len(played) == lights
    for frames in played:
        assert [frame.at for frame in frames] == sorted(frame.at for frame in frames)
        assert frames[-1].at <= 20.0 + 1e-9
    if lights:
        assert played[0][0].at == 0.0
        assert played[-1][-1].at == pytest.approx(20.0)


def test_prd_9_the_shimmer_is_a_wave_of_gold_amber_and_cream_in_2_to_3_s() -> None:
    assert 2 <= GOLDEN_SHIMMER.duration <= 3
    assert {keyframe.rgb for keyframe in GOLDEN_SHIMMER.keyframes} == {GOLD, AMBER, CREAM}
    assert (GOLD, AMBER, CREAM) == ((0xFF, 0xD7, 0x00), (0xFF, 0xC1, 0x07), (0xFF, 0xEC, 0xB3))
    levels = [keyframe.brightness for keyframe in GOLDEN_SHIMMER.keyframes]
    turns = [(b - a) * (c - b) < 0 for a, b, c in zip(levels, levels[1:], levels[2:], strict=False)]
    assert all(turns)  # brightness goes up and down, as on a chain
    begins = [frames[0].at for frames in GOLDEN_SHIMMER.frames(2.5, 4)]
    assert begins == sorted(set(begins))
    last = GOLDEN_SHIMMER.keyframes[-1]
    assert (last.rgb, last.brightness) == (GOLD, 70)


def test_prd_phase_4_the_sunrise_lasts_10_to_15_min_from_deep_red_to_warm_white() -> None:
    assert 10 * 60 <= SUNRISE.duration <= 15 * 60
    levels = [keyframe.brightness for keyframe in SUNRISE.keyframes]
    assert levels == sorted(levels)
    assert (levels[0], levels[-1]) == (1, 100)
    first, last = SUNRISE.keyframes[0], SUNRISE.keyframes[-1]
    assert first.rgb is not None
    red, green, blue = first.rgb
    assert red > 200
    assert max(green, blue) < 50
    assert last.kelvin is not None
    assert 2500 <= last.kelvin <= 3500
    assert AMBER in {keyframe.rgb for keyframe in SUNRISE.keyframes}


def test_all_lights_rise_together_at_sunrise() -> None:
    one, *others = SUNRISE.frames(720, 3)
    assert all(frames == one for frames in others)
