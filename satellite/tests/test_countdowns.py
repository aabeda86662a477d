"""The clock of the timers."""

from athena_satellite.countdowns import Countdowns
from athena_satellite.turn import events
from athena_satellite.turn.timers import Timer
from tests.conftest import until


def timer(number: int, seconds: float, *, active: bool = True) -> Timer:
    return Timer(id=f"t{number}", name=None, seconds=seconds, active=active, number=number)


async def test_each_ends_in_its_time_and_what_is_kept_no_longer_or_paused_does_not() -> None:
    told: list[events.Event] = []
    countdowns = Countdowns(told.append)
    countdowns.keep([timer(1, 0.02), timer(2, 0.01), timer(3, 0.0), timer(4, 0.0, active=False)])
    countdowns.keep([timer(1, 0.02), timer(2, 0.01)])
    countdowns.keep([timer(1, 0.02), timer(2, 0.01), timer(5, 0.06)])
    await until(lambda: len(told) == 3)
    assert told == [events.CountdownEnded(timer=f"t{number}", number=number) for number in (2, 1, 5)]
    countdowns.stop()
