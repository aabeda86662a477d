"""Playing the day: one act after the other, each judged by what came of it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

from ..errors import TooLateError
from .acts import Act, Mark, Planned
from .stage import ROOM_STATE, Stage

_SECONDS: Final = 20.0
"""How long is waited for what has to come of an act."""


async def play(stage: Stage, plot: Sequence[Planned]) -> AsyncIterator[Act]:
    """Play a day, and tell each act once it is over; what did not happen in one does not keep the next from it."""
    last = stage.now()
    for planned in plot:
        last = max(stage.now(), next_time(planned.at, last))
        mark = Mark(at=last, real=datetime.now(UTC))
        await stage.put_forward(last)
        yield await _act(stage, planned, mark)


def next_time(clock: str, after: datetime) -> datetime:
    """Return when the clock shows a time for the first time after a moment."""
    at = datetime.combine(after, datetime.strptime(clock, "%H:%M:%S").time(), after.tzinfo)  # noqa: DTZ007
    return at if at >= after else at + timedelta(days=1)


async def _all_heard(stage: Stage, mark: Mark) -> bool | None:
    await stage.diary.write()
    return all(stage.has_heard(line) for line in stage.diary.lines if line.at >= mark.at) or None


async def _act(stage: Stage, planned: Planned, mark: Mark) -> Act:
    missing = []
    seen = []
    heard = ""
    try:
        heard = await planned.do(stage)
    except TooLateError as err:
        missing.append(str(err).partition(";")[0])  # the rest names a log
    for expected in planned.expects:
        try:
            seen.append(await stage.until(expected.what, partial(expected.seen, stage, mark), _SECONDS))
        except TooLateError:
            missing.append(expected.what)
    with suppress(TooLateError):
        await stage.until("the last word", partial(_all_heard, stage, mark), _SECONDS)
    await stage.strip()
    return Act(
        at=mark.at,
        title=planned.title,
        heard=heard,
        lines=tuple(line.text for line in stage.diary.lines if line.at >= mark.at and stage.has_heard(line)),
        seen=tuple(tells for tells in seen if tells),
        state=await stage.state(ROOM_STATE),
        missing=tuple(missing),
    )
