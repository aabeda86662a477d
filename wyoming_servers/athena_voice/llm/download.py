"""Fetches a file, goes on where it was cut off, and keeps it only if it is the one that is wanted. Blocking."""

import hashlib
import http.client
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from ..errors import DownloadError

TRIES: Final = 5
"""Without a byte between them; then it is given up until the user asks again."""
_SECONDS: Final = 60.0
"""In which nothing comes, at a connection's beginning or in the middle."""
_PAUSE: Final = 1.0
"""Seconds before the second try; twice as long each time."""
_CHUNK: Final = 1024 * 1024
_PARTIAL, _OK, _TOO_FAR = 206, 200, 416

type Progress = Callable[[int, int], None]
"""Is told the bytes that are there, and how many there will be (0: nobody says)."""


def download(
    url: str, path: Path, *, sha256: str, size: int | None = None, progress: Progress, pause: float = _PAUSE
) -> None:
    """Put a file where it belongs, whole and checked; raise DownloadError where that cannot be.

    What has come stays in FILE.part when it is cut off, or the user ends it. What is another file is deleted.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    with _alone(part) as file:
        for wait in _waits(part, pause):
            try:
                _go_on(url, file, size, progress)
                break
            except (http.client.HTTPException, OSError) as err:
                _give_up_at_once(url, err)
                if wait is None:
                    raise DownloadError(url, f"{_words(err)}; what has come stays: run it again to go on") from err
                time.sleep(wait)
        file.flush()
        os.fsync(file.fileno())
    _check(url, part, sha256, size)
    part.replace(path)


@contextmanager
def _alone(part: Path) -> Iterator[IO[bytes]]:
    """Open the part for appending; raise DownloadError where another process has it."""
    import fcntl  # noqa: PLC0415 (there is none on Windows, where the rest of the package runs)

    with part.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as err:
            raise DownloadError(part, "another download of it is running") from err
        yield file


def _waits(part: Path, pause: float) -> Iterator[float | None]:
    """Yield how long to wait if this try fails; None after the last. Anything that came begins the count again."""
    tries, there = 1, part.stat().st_size
    while tries <= TRIES:
        yield None if tries == TRIES else pause * 2 ** (tries - 1)
        now = part.stat().st_size
        tries, there = (1 if now > there else tries + 1), now


def _go_on(url: str, file: IO[bytes], size: int | None, progress: Progress) -> None:
    """Fetch what is missing; raises OSError or HTTPException where it breaks off."""
    there = file.tell()
    if size is not None and there >= size:
        return
    asked = Request(url, headers={"Range": f"bytes={there}-"} if there else {})  # noqa: S310 (_scheme has seen it)
    with _opened(asked, file) as answer:
        if answer is None:
            return
        if there and answer.status != _PARTIAL:  # a server that cannot go on sends all of it again
            file.truncate(0)
            there = 0
        missing = int(answer.headers.get("Content-Length") or 0)
        whole = there + missing if missing else size or 0
        progress(there, whole)
        while data := answer.read1(_CHUNK):
            file.write(data)
            file.flush()
            there += len(data)
            progress(there, whole)
        if whole and there < whole:
            raise http.client.IncompleteRead(b"", whole - there)


@contextmanager
def _opened(asked: Request, file: IO[bytes]) -> Iterator[http.client.HTTPResponse | None]:
    """Open it; None where the server says that nothing is missing."""
    try:
        with urlopen(asked, timeout=_SECONDS) as answer:  # noqa: S310
            yield answer
    except HTTPError as err:
        if err.code != _TOO_FAR or not file.tell():
            raise
        yield None


def _give_up_at_once(url: str, err: Exception) -> None:
    if isinstance(err, HTTPError) and 400 <= err.code < 500 and err.code not in {408, 429}:
        raise DownloadError(url, f"the server answers {err.code} {err.reason}") from err
    if isinstance(err, OSError) and err.errno is not None and err.filename is not None:  # a disk, not a network
        raise DownloadError(url, f"it cannot be written: {err.strerror}") from err


def _words(err: Exception) -> str:
    reason = getattr(err, "reason", None) or err
    return f"it broke off ({reason or type(err).__name__})"


def _check(url: str, part: Path, sha256: str, size: int | None) -> None:
    with part.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest == sha256.lower():
        return
    there = part.stat().st_size
    part.unlink()
    known = f" ({there} bytes instead of {size})" if size is not None and there != size else ""
    raise DownloadError(url, f"what came is another file{known}: its SHA-256 is {digest}, not {sha256}; it was deleted")


def scheme(url: str) -> str:
    """Return the scheme of an address that can be fetched; empty for anything else."""
    parts = urlsplit(url)
    return parts.scheme if parts.scheme in {"http", "https"} and parts.hostname and parts.path.strip("/") else ""
