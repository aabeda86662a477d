"""Phrases kept in a folder over restarts."""

import contextlib
import hashlib
import logging
import os
import threading
from pathlib import Path
from typing import Final

_LOGGER = logging.getLogger(__name__)

FOLDER_BYTES: Final = 64 * 1024 * 1024
"""About 25 minutes of speech."""
_MAGIC: Final = b"athena phrase 1\n"
_HEADER: Final = len(_MAGIC) + hashlib.sha256().digest_size
_SUFFIX: Final = ".phrase"
_UNFINISHED: Final = ".new"


class PhraseFolder:
    """A bounded folder of files, the oldest of which go first. Blocking; from any thread.

    Nothing here is an error to the caller: a file that is not whole is one that is not there, and a disk that takes
    nothing more is told of once, and once when it does again.
    """

    def __init__(self, path: Path, *, limit: int = FOLDER_BYTES) -> None:
        self._path = path
        self._limit = limit
        self._sizes: dict[str, int] = {}  # the oldest first
        self._lock = threading.Lock()
        self._works = True

    def open(self) -> None:
        """Make the folder, take away what a server that was killed left unfinished, and see what there is."""
        with self._lock:
            try:
                self._path.mkdir(parents=True, exist_ok=True)
                for unfinished in self._path.glob(f"*{_UNFINISHED}"):
                    unfinished.unlink(missing_ok=True)
                found = [(path.stat(), path.stem) for path in self._path.glob(f"*{_SUFFIX}")]
                self._sizes = {name: stat.st_size for stat, name in sorted(found, key=lambda item: item[0].st_mtime_ns)}
                self._fit(0)
            except OSError as err:
                self._say(err)

    def has(self, digest: str) -> bool:
        """Return whether there seems to be such a phrase; does not block."""
        return digest in self._sizes

    def get(self, digest: str) -> bytes | None:
        """Return the sound of a phrase; a file that is not whole is removed."""
        try:
            data = self._file(digest).read_bytes()
        except OSError:
            data = b""
        sound = data[_HEADER:]
        if data[:_HEADER] == _MAGIC + hashlib.sha256(sound).digest():
            return sound
        with self._lock, contextlib.suppress(OSError):
            self._sizes.pop(digest, None)
            self._file(digest).unlink(missing_ok=True)
        return None

    def put(self, digest: str, sound: bytes) -> None:
        """Keep a phrase: whole, or not at all."""
        data = _MAGIC + hashlib.sha256(sound).digest() + sound
        unfinished = self._path / f"{digest}.{os.getpid()}{_UNFINISHED}"
        with self._lock:
            try:
                self._fit(len(data))
                unfinished.write_bytes(data)
                unfinished.replace(self._file(digest))
            except OSError as err:
                with contextlib.suppress(OSError):
                    unfinished.unlink(missing_ok=True)
                self._say(err)
            else:
                self._sizes.pop(digest, None)
                self._sizes[digest] = len(data)
                self._say(None)

    def _fit(self, more: int) -> None:
        while self._sizes and sum(self._sizes.values()) + more > self._limit:
            oldest = next(iter(self._sizes))
            self._file(oldest).unlink(missing_ok=True)
            del self._sizes[oldest]

    def _file(self, digest: str) -> Path:
        return self._path / f"{digest}{_SUFFIX}"

    def _say(self, err: OSError | None) -> None:
        if err is not None and self._works:
            reason = err.strerror or err
            _LOGGER.warning("phrases cannot be kept in %s: %s; they are kept in memory only", self._path, reason)
        elif err is None and not self._works:
            _LOGGER.info("phrases are kept in %s again", self._path)
        self._works = err is None
