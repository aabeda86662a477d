"""What systemd holds for the satellite beyond its death: the connection to Home Assistant.

A connection whose process was killed is nobody's. Home Assistant sees its end and would dial again after 3 s; but a
ping that it had put off meets a reset, which it comes upon before it dials, and takes for a reason to wait 10 s more.
systemd holds a copy where the service lets it (FileDescriptorStoreMax=), so that nothing is reset, and hands it to the
satellite that it starts next, which ends it in order. Elsewhere nothing here does anything.
"""

import os
import socket
from contextlib import suppress
from typing import Final

_NAME: Final = "home-assistant"
_FIRST_FD: Final = 3


def hold(connection: socket.socket) -> None:
    """Have this connection held, and no other any longer."""
    release()
    _tell(f"FDSTORE=1\nFDNAME={_NAME}", connection.fileno())


def release() -> None:
    """Have none held: an end would not reach the other side."""
    _tell(f"FDSTOREREMOVE=1\nFDNAME={_NAME}")


def end_held() -> None:
    """End, in order, what was held while no satellite ran; systemd drops it once the other side has ended it too."""
    if os.environ.get("LISTEN_PID") != str(os.getpid()):
        return
    for number, name in enumerate(os.environ.get("LISTEN_FDNAMES", "").split(":")):
        if name == _NAME:
            with suppress(OSError), socket.socket(fileno=_FIRST_FD + number) as held:
                held.shutdown(socket.SHUT_WR)


def _tell(message: str, *fds: int) -> None:
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
        notify.settimeout(0)
        notify.connect(f"\0{address[1:]}" if address.startswith("@") else address)
        socket.send_fds(notify, [message.encode()], list(fds))
