"""What went away is tried again, and spoken of twice."""

import logging
from collections.abc import Callable

import pytest

from athena_satellite.errors import PeerError
from athena_satellite.supervise import supervise


class Server:
    """Follows a script: True works until it fails, an error fails at once, None ends."""

    def __init__(self, *script: bool | Exception | None) -> None:
        self.script = list(script)

    async def attempt(self, up: Callable[[], None]) -> None:
        step = self.script.pop(0)
        if step is None:
            return
        if isinstance(step, Exception):
            raise step
        up()
        raise PeerError("it closed the connection")


async def said(caplog: pytest.LogCaptureFixture, *script: bool | Exception | None) -> list[str]:
    caplog.set_level(logging.DEBUG)
    server = Server(*script, None)
    await supervise("It", server.attempt, retry_seconds=0)
    assert server.script == []
    return [record.getMessage() for record in caplog.records if record.name == "athena_satellite.supervise"]


AWAY = "It is away: it closed the connection; trying again"


async def test_away_and_back_are_said_once_however_often_it_was_tried(caplog: pytest.LogCaptureFixture) -> None:
    refused = OSError("refused")
    assert await said(caplog, True, refused, refused, refused, True) == [AWAY, "It is back", AWAY]


async def test_down_at_start_is_said_once(caplog: pytest.LogCaptureFixture) -> None:
    assert await said(caplog, OSError("refused"), OSError("refused")) == ["It is away: refused; trying again"]


async def test_the_first_start_is_not_a_return(caplog: pytest.LogCaptureFixture) -> None:
    assert await said(caplog) == []


async def test_the_first_time_it_works_is_said_once_of_what_is_greeted(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    server = Server(True, True, None)
    await supervise("It", server.attempt, retry_seconds=0, greeted=True)
    assert [record.getMessage() for record in caplog.records] == ["It is connected", AWAY, "It is back", AWAY]


async def test_an_error_without_words_is_named(caplog: pytest.LogCaptureFixture) -> None:
    assert await said(caplog, TimeoutError()) == ["It is away: TimeoutError; trying again"]


async def test_the_reason_is_found_within_groups(caplog: pytest.LogCaptureFixture) -> None:
    error = ExceptionGroup("outer", [ExceptionGroup("inner", [PeerError("it hung up")])])
    assert await said(caplog, error) == ["It is away: it hung up; trying again"]


async def test_a_fault_of_our_own_is_logged_with_its_origin_and_does_not_end_the_house(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert await said(caplog, KeyError("x"), KeyError("x")) == ["It failed in a way nobody foresaw; trying again"]
    assert any(record.exc_info for record in caplog.records)
