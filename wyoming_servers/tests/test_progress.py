"""What tells a server that hangs from one that works."""

from athena_voice.progress import STALLED_SECONDS, Progress


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_work_that_does_not_get_on_is_told_with_how_long() -> None:
    clock = Clock()
    progress = Progress(clock)
    with progress.step("an utterance"):
        clock.now = STALLED_SECONDS - 1
        assert progress.problems() == []
        clock.now = STALLED_SECONDS
        assert progress.problems() == ["an utterance has been worked on for 60 s without getting on"]
    assert progress.problems() == []


def test_a_sign_of_life_is_enough_however_long_it_takes() -> None:
    clock = Clock()
    progress = Progress(clock)
    with progress.step("a long text") as step:
        for _ in range(100):
            clock.now += STALLED_SECONDS - 1
            assert progress.problems() == []
            step.got_on()


def test_the_step_that_a_task_is_in_is_the_one_that_gets_on() -> None:
    clock = Clock()
    progress = Progress(clock)
    progress.got_on()  # in none
    with progress.step("outer"), progress.step("inner"):
        clock.now = STALLED_SECONDS
        progress.got_on()
        assert progress.problems() == ["outer has been worked on for 60 s without getting on"]


def test_a_client_that_reads_slowly_is_not_the_servers_fault() -> None:
    clock = Clock()
    progress = Progress(clock)
    with progress.step("a text") as step:
        step.waits_for_others()
        clock.now = 10 * STALLED_SECONDS
        assert progress.problems() == []
        step.got_on()
        clock.now = 11 * STALLED_SECONDS
        assert len(progress.problems()) == 1
