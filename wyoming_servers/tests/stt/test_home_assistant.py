"""Where the home's words come from, and what happens when it is not there."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from wyoming.asr import Transcript
from wyoming.audio import AudioChunk, AudioStop
from wyoming.info import Describe, Info

from athena_voice.errors import SettingsError
from athena_voice.stt import home_assistant
from athena_voice.stt.home_assistant import HomeAssistant
from athena_voice.stt.service import SttService
from athena_voice.stt.vocabulary import Home, Vocabulary, parse

from ..conftest import AUDIO, Serving, recording, until
from .home import vocabulary
from .peer import HomeAssistantPeer, free_port
from .test_service import LAMP, transcript

COMMAND = "slt_turn_on_the_living_room_lamp.wav"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """Try again at once."""
    monkeypatch.setattr(home_assistant, "RETRY_SECONDS", 0.01)
    monkeypatch.setattr(home_assistant, "REFUSED_SECONDS", 0.01)
    monkeypatch.setattr(home_assistant, "SETTLE_SECONDS", 0.01)
    caplog.set_level(logging.INFO)


class Told:
    """What a home has told so far."""

    def __init__(self) -> None:
        self.vocabularies: list[Vocabulary] = []

    async def collect(self, home: Home) -> None:
        async with aclosing(home.vocabularies()) as vocabularies:
            async for each in vocabularies:
                self.vocabularies.append(each)


@asynccontextmanager
async def told(url: str, token_file: Path) -> AsyncIterator[Told]:
    """Listen to a Home Assistant until the end of the block."""
    told = Told()
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(told.collect(HomeAssistant(url, token_file)))
        yield told
        task.cancel()


@asynccontextmanager
async def refusing(port: int) -> AsyncIterator[list[None]]:
    """Listen where Home Assistant would, and hang up on everybody."""
    tries: list[None] = []

    async def hang_up(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tries.append(None)
        writer.close()

    async with await asyncio.start_server(hang_up, "127.0.0.1", port):
        yield tries


def logged(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == home_assistant.__name__]


async def test_server_with_home_assistant_down_at_start_learns_when_it_comes(
    serving: Serving, token_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    peer = HomeAssistantPeer(vocabulary())
    peer.port = await free_port()
    service = SttService(home_assistant=peer.url, token_file=token_file)
    said = recording(AUDIO / COMMAND)
    async with serving(service) as server, server.client() as client:
        await client.send(Describe())
        assert Info.is_type((await client.receive()).type)
        assert await transcript(client, said) == ""
        assert "nothing can be recognised: the home's words have not come yet" in caplog.messages
        async with peer.up():
            await until(lambda: service.sentences > 0)
            assert await transcript(client, said) == LAMP
        # Gone again: what was learned stays.
        assert await transcript(client, said) == LAMP


async def test_home_assistant_that_goes_and_comes_back_is_logged_once_each(
    token_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    peer = HomeAssistantPeer(vocabulary())
    async with peer.up(), told(peer.url, token_file) as home:
        await until(lambda: len(home.vocabularies) == 1)
        assert logged(caplog) == []
    async with told(peer.url, token_file) as home:
        await until(lambda: len(logged(caplog)) == 1)
        async with refusing(peer.port) as tries:  # still one line after five more
            await until(lambda: len(tries) > 5)
        async with peer.up():
            await until(lambda: len(home.vocabularies) == 1)
        await until(lambda: len(logged(caplog)) == 3)
        async with peer.up():
            await until(lambda: len(home.vocabularies) == 2)
    away, back, away_again, back_again = logged(caplog)
    assert f"http://127.0.0.1:{peer.port}/api/websocket cannot be reached" in away
    assert back == back_again == "Home Assistant gives the home's words again"
    assert "it has closed the connection" in away_again


async def test_words_are_fetched_again_when_a_registry_changes(token_file: Path) -> None:
    peer = HomeAssistantPeer(vocabulary())
    async with peer.up(), told(peer.url, token_file) as home:
        await until(lambda: len(home.vocabularies) == 1)
        changed = vocabulary()
        for count, event in enumerate(
            (
                *("area_registry_updated", "floor_registry_updated", "device_registry_updated"),
                *("entity_registry_updated", "component_loaded"),
            ),
            2,
        ):
            changed["sentences"] = [f"sentence {event}"]
            peer.vocabulary = {**changed}
            await peer.fire(event)
            await until(lambda count=count: len(home.vocabularies) == count)  # type: ignore[misc]
            assert home.vocabularies[-1] == parse(changed)
    assert peer.sign_ins == 1


async def test_a_change_of_no_words_is_no_news(token_file: Path) -> None:
    peer = HomeAssistantPeer(vocabulary())
    async with peer.up(), told(peer.url, token_file) as home:
        await until(lambda: len(home.vocabularies) == 1)
        await peer.fire("entity_registry_updated")
        await until(lambda: peer.requests == 2)
        peer.vocabulary = {**vocabulary(), "sentences": []}
        await peer.fire("entity_registry_updated")
        await until(lambda: len(home.vocabularies) == 2)
    assert [each.sentences for each in home.vocabularies] == [tuple(vocabulary()["sentences"]), ()]


async def test_bad_token_is_one_clear_error_and_a_new_one_is_read(
    tmp_path: Path, token_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "token"
    file.write_text("revoked")
    peer = HomeAssistantPeer(vocabulary())
    async with peer.up(), told(peer.url, file) as home:
        await until(lambda: peer.sign_ins > 2)
        (error,) = logged(caplog)
        assert "it refuses the token: Invalid access token or password" in error
        file.write_text(token_file.read_text())
        await until(lambda: len(home.vocabularies) == 1)


async def test_home_assistant_without_athena_is_asked_until_it_has_it(
    token_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    peer = HomeAssistantPeer(None)
    async with peer.up(), told(peer.url, token_file) as home:
        await until(lambda: peer.sign_ins > 2)
        (warning,) = logged(caplog)
        assert "is Athena set up there?" in warning
        peer.vocabulary = vocabulary()
        await until(lambda: len(home.vocabularies) == 1)


async def test_unknown_version_of_the_vocabulary_says_to_update_and_keeps_what_was_known(
    serving: Serving, token_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    peer = HomeAssistantPeer(vocabulary())
    async with peer.up():
        service = SttService(home_assistant=peer.url, token_file=token_file)
        async with serving(service) as server, server.client() as client:
            await until(lambda: service.sentences > 0)
            peer.vocabulary = {"version": 2, "words": {}}
            await peer.fire("entity_registry_updated")
            await until(lambda: peer.sign_ins > 2)
            assert await transcript(client, recording(AUDIO / COMMAND)) == LAMP
    (error,) = logged(caplog)
    assert "update athena-voice" in error


@pytest.mark.parametrize("url", ["http://127.0.0.1:{port}", "127.0.0.1:{port}", "nonsense://", "http://256.0.0.1"])
async def test_an_address_that_is_not_home_assistants_is_one_warning(
    token_file: Path, caplog: pytest.LogCaptureFixture, url: str
) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.write(b"SSH-2.0-something else\r\n")
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        async with told(url.format(port=port), token_file):
            await until(lambda: len(logged(caplog)) > 0)
    assert len(logged(caplog)) == 1
    assert "cannot be reached" in logged(caplog)[0]


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://127.0.0.1:{free}", "nothing listens there"),
        ("http://nowhere.invalid:8123", "nothing is known by that name"),
        ("http://127.0.0.1:{silent}", "it does not answer"),
        ("https://127.0.0.1:{silent}", "it does not answer"),
        ("http://127.0.0.1:{closing}", "it has closed the connection"),
        ("http://127.0.0.1:{other}", "what answers there is not Home Assistant"),
    ],
)
async def test_why_it_cannot_be_reached_is_said_in_words(
    token_file: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, url: str, why: str
) -> None:
    monkeypatch.setattr(home_assistant, "_TIMEOUT", aiohttp.ClientTimeout(total=0.5))
    ended = asyncio.Event()

    async def say_nothing(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await ended.wait()
        writer.close()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        writer.close()

    async with (
        await asyncio.start_server(say_nothing, "127.0.0.1", 0) as silent,
        await asyncio.start_server(answer, "127.0.0.1", 0) as other,
    ):
        ports = {"silent": silent.sockets[0].getsockname()[1], "other": other.sockets[0].getsockname()[1]}
        closing = await free_port()
        async with refusing(closing), told(url.format(**ports, closing=closing, free=await free_port()), token_file):
            await until(lambda: len(logged(caplog)) > 0)
        ended.set()
    assert logged(caplog)[0].endswith(f"/api/websocket cannot be reached: {why}; trying again")


async def test_changes_while_somebody_speaks_lose_no_transcript(serving: Serving, token_file: Path) -> None:
    peer = HomeAssistantPeer(vocabulary())
    said = recording(AUDIO / COMMAND)
    async with peer.up():
        service = SttService(home_assistant=peer.url, token_file=token_file)
        async with serving(service) as server, server.client() as client:
            await until(lambda: service.sentences > 0)
            for count in range(5):
                peer.vocabulary = {**vocabulary(), "sentences": ["focus mode"] * count}
                await peer.fire("area_registry_updated")
                assert await transcript(client, said) == LAMP


async def test_who_speaks_while_a_registry_changes_is_understood_and_the_next_one_with_the_new_words(
    serving: Serving, token_file: Path
) -> None:
    """A garage door comes and goes again while somebody asks for it, and while somebody asks for something else."""
    door: dict[str, Any] = {"name": "Garage Door", "aliases": [], "domain": "cover", "area": None}
    with_door = {**vocabulary(), "entities": [*vocabulary()["entities"], door]}
    asked, other = recording(AUDIO / "slt_open_the_garage_door.wav"), recording(AUDIO / COMMAND)
    opened = "open the garage door"
    peer = HomeAssistantPeer(vocabulary())
    async with peer.up():
        service = SttService(home_assistant=peer.url, token_file=token_file)
        async with serving(service) as server, server.client() as client, server.client() as second:
            await until(lambda: service.sentences > 0)
            assert await transcript(client, asked) == ""
            for home, text in ((with_door, opened), (vocabulary(), "")):
                known = service.sentences
                half = len(asked.samples) // 2
                await client.speak(asked.samples[:half])
                await second.speak(other.samples[: len(other.samples) // 2])
                peer.vocabulary = home
                await peer.fire("entity_registry_updated")
                for each, said in ((client, asked.samples[half:]), (second, other.samples[len(other.samples) // 2 :])):
                    form = {"rate": 16_000, "width": 2, "channels": 1}
                    await each.send(AudioChunk(**form, audio=said.tobytes()), AudioStop())
                assert Transcript.from_event(await client.receive()).text in ("", opened)
                assert Transcript.from_event(await second.receive()).text == LAMP
                await until(lambda known=known: service.sentences != known)  # type: ignore[misc]
                assert await transcript(client, asked) == text


@pytest.mark.parametrize("content", [None, "", "  \n", b"\xff\xfe"])
async def test_token_file_that_is_none(tmp_path: Path, content: str | bytes | None) -> None:
    file = tmp_path / "token"
    if isinstance(content, str):
        file.write_text(content)
    elif content is not None:
        file.write_bytes(content)
    with pytest.raises(SettingsError, match="token file"):
        HomeAssistant("http://127.0.0.1:8123", file)
