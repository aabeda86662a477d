"""Phrases spoken from the cache, over TCP, and over restarts."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from athena_voice.tts.phrases import PHRASES
from athena_voice.tts.service import TtsService

from ..command import ANYWHERE, COMMAND, running
from ..conftest import Serving, until
from .speaking import pieces, samples, say
from .voices import make_voice

TEXT = "The kettle is on."


async def test_a_phrase_that_was_spoken_is_spoken_again_from_memory(serving: Serving) -> None:
    service = TtsService(engine="espeak")
    async with serving(service) as running, running.client() as client:
        first, again = [samples(await say(client, TEXT)) for _ in range(2)]
        longer = samples(await say(client, f"{TEXT} {TEXT}"))
    assert np.array_equal(first, again)
    assert np.array_equal(longer[: len(first)], first)
    assert pieces(service, "engine") == 1
    assert pieces(service, "cache") == 3


def kept(folder: Path) -> int:
    return len([*folder.glob("*.phrase")])


async def ask(serving: Serving, service: TtsService, cache: Path) -> tuple[str, NDArray[np.int16]]:
    """Return where a phrase came from, and its sound, once all phrases are kept that will be."""
    async with serving(service) as running, running.client() as client:
        speech = await service.speech()
        await until(lambda: speech.prepared)
        sound = samples(await say(client, TEXT))
        await until(lambda: kept(cache) % (len(PHRASES) + 1) == 0)
    return "cache" if pieces(service, "cache") else "engine", sound


async def test_kept_phrases_outlive_the_server_but_not_their_voice(serving: Serving, tmp_path: Path) -> None:
    voices, cache = tmp_path / "voices", tmp_path / "cache"
    make_voice(voices, "anna")
    first, sound = await ask(serving, TtsService(engine="piper", voices=voices, cache=cache), cache)
    second, again = await ask(serving, TtsService(engine="piper", voices=voices, cache=cache), cache)
    make_voice(voices, "anna", rate=16_000)
    third, other = await ask(serving, TtsService(engine="piper", voices=voices, cache=cache), cache)
    assert (first, second, third) == ("engine", "cache", "engine")
    assert np.array_equal(sound, again)
    assert not np.array_equal(sound, other)


async def test_a_corrupt_phrase_is_made_again(serving: Serving, voices: Path, tmp_path: Path) -> None:
    _, sound = await ask(serving, TtsService(engine="piper", voices=voices, cache=tmp_path), tmp_path)
    for file in tmp_path.iterdir():
        file.write_bytes(file.read_bytes()[:-100])
    source, again = await ask(serving, TtsService(engine="piper", voices=voices, cache=tmp_path), tmp_path)
    assert source == "engine"
    assert np.array_equal(sound, again)


def _in_a_full_disk(cache: Path) -> list[str]:
    """Return a shell in a world of its own, where the cache lies on a disk of 64 KiB."""
    unshare = shutil.which("unshare")
    if unshare is None or subprocess.run([unshare, "-rm", "true"], check=False, capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    return ["unshare", "-rm", "sh", "-c", f"mount -t tmpfs -o size=64k tmpfs '{cache}' && exec \"$@\"", "sh"]


def _with_small_files(cache: Path) -> list[str]:
    """Return a shell where no file may be over a few kilobytes."""
    del cache
    return ["sh", "-c", 'ulimit -f 8 && exec "$@"', "sh"]


@pytest.mark.parametrize("world", [_in_a_full_disk, _with_small_files], ids=["full", "limit"])
async def test_a_full_disk_is_told_of_once_and_phrases_are_kept_in_memory(
    tmp_path: Path, world: Callable[[Path], list[str]]
) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    arguments = ("tts", *ANYWHERE, "--engine", "espeak", "--cache", str(cache))
    async with running(*arguments, command=(*world(cache), sys.executable, *COMMAND)) as started:
        texts = [f"Lamp {number} of the living room is on." for number in range(6)]
        client = await started.client()
        lengths = [len(samples(await say(client, text))) for text in texts]
        told = await started.logged("phrases cannot be kept")
        assert [len(samples(await say(client, text))) for text in texts] == lengths
        await client.close()
        started.process.terminate()
        left = await started.ended()
    assert str(cache) in told.string
    assert re.search("No space left on device|File too large", told.string)
    assert len([line for line in left.err.splitlines() if "phrases" in line]) == 1, "it is said once"
    assert left.status == 0
