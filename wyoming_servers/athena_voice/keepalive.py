"""The end of a connection whose other side vanished without a word, as a box does that lost its power."""

import asyncio
import socket
from contextlib import suppress
from typing import Final

_OPTIONS: Final = (("TCP_KEEPIDLE", 5), ("TCP_KEEPINTVL", 2), ("TCP_KEEPCNT", 3), ("TCP_USER_TIMEOUT", 10_000))
"""Seconds until it is asked for, seconds between two questions, how many; milliseconds that what is sent may wait."""


def notice_silence(writer: asyncio.StreamWriter) -> None:
    """Let the system end a connection after about 10 s without a sign of life; reading then raises an OSError."""
    sock: socket.socket = writer.get_extra_info("socket")
    with suppress(OSError):  # macOS refuses every option once the other side is gone; reading tells that
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for name, value in _OPTIONS:
            option = getattr(socket, name, None)  # not every system has each of them
            if option is not None:
                sock.setsockopt(socket.IPPROTO_TCP, option, value)
