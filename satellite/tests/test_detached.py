"""Calls that may never return."""

import asyncio
import subprocess
import sys
import threading

import pytest

from athena_satellite.detached import detached


async def test_what_the_call_returns_is_returned() -> None:
    assert await detached(lambda: threading.current_thread().daemon)


async def test_what_the_call_raises_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        await detached(lambda: 1 // 0)


async def test_cancelled_it_is_not_waited_for_and_its_end_disturbs_nobody() -> None:
    begun, end = threading.Event(), threading.Event()

    def call() -> None:
        begun.set()
        end.wait()

    async with asyncio.TaskGroup() as tasks:
        waiting = tasks.create_task(detached(call))
        await asyncio.to_thread(begun.wait)
        waiting.cancel()
    end.set()
    assert await detached(lambda: 1) == 1


def test_a_process_ends_though_a_call_hangs() -> None:
    programme = """
import asyncio, threading
from athena_satellite.detached import detached

async def main():
    hanging = asyncio.ensure_future(detached(threading.Event().wait))
    await asyncio.sleep(0)
    hanging.cancel()

asyncio.run(main())
print("ended")
"""
    done = subprocess.run([sys.executable, "-c", programme], capture_output=True, text=True, check=False, timeout=30)
    assert (done.returncode, done.stdout, done.stderr) == (0, "ended\n", "")
