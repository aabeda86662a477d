"""Calls that may never return, each in a thread that ends with the process."""

import asyncio
import contextlib
import threading
from collections.abc import Callable


async def detached[T](call: Callable[[], T]) -> T:
    """Return what a call returns or raises; cancelled, the call goes on and nobody hears of it.

    asyncio's own threads are waited for at the end of the process, and a call to a device that hangs would hold it.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def settle(result: T | None, error: BaseException | None) -> None:
        if done.cancelled():
            return
        if error is None:
            done.set_result(result)  # type: ignore[arg-type]
        else:
            done.set_exception(error)

    def work() -> None:
        result, error = None, None
        try:
            result = call()
        except BaseException as err:  # noqa: BLE001 (it is raised where the call is awaited)
            error = err
        with contextlib.suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(settle, result, error)

    threading.Thread(target=work, daemon=True).start()
    return await done
