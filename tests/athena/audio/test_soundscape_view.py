"""What a player, or anybody else, gets from where soundscapes are handed out."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from yarl import URL

from custom_components.athena.audio import soundscape_view
from custom_components.athena.audio.on_air import KEPT, Airing, OnAir
from custom_components.athena.audio.soundscape import Soundscape
from custom_components.athena.audio.soundscape_view import HEADER, MOST_STREAMS, on_air_of, path_of
from custom_components.athena.audio.soundscapes import ALL

from .made import made

WHITE = next(one for one in ALL if one.key == "white_noise")


@pytest.fixture
async def on_air(hass: HomeAssistant, socket_enabled: None) -> OnAir:
    assert await async_setup_component(hass, "http", {})
    return on_air_of(hass)


@pytest.fixture
async def session(hass: HomeAssistant, on_air: OnAir) -> AsyncIterator[ClientSession]:
    async with TestServer(hass.http.app) as server:
        await server.start_server(handler_cancellation=True)
        async with ClientSession(server.make_url("/")) as session:
            yield session
        on_air.hang_up()


@pytest.fixture
def airing(on_air: OnAir) -> Airing:
    airing = Airing(soundscape=WHITE, room="bedroom", player="media_player.speaker")
    on_air.begin(airing)
    return airing


async def hung_up(airing: Airing) -> None:
    """Wait until nobody fetches it any more."""
    while airing.streams:
        await asyncio.wait(set(airing.streams))


async def test_it_is_wav_without_an_end(session: ClientSession, airing: Airing) -> None:
    async with session.get(path_of(airing)) as answer:
        assert (answer.status, answer.content_type) == (200, "audio/wav")
        assert answer.content_length is None
        assert await answer.content.readexactly(len(HEADER)) == HEADER
        assert len(await answer.content.readexactly(100_000)) == 100_000
        assert airing.is_fetched
    await hung_up(airing)


async def test_who_asks_what_it_is_fetches_nothing(session: ClientSession, airing: Airing) -> None:
    async with session.head(path_of(airing)) as answer:
        assert (answer.status, answer.content_type) == (200, "audio/wav")
        assert await answer.read() == b""
    assert not airing.fetched.is_set()


async def test_of_what_has_no_end_there_are_no_parts(session: ClientSession, airing: Airing) -> None:
    async with session.get(path_of(airing), headers={"Range": "bytes=1000-"}) as answer:
        assert answer.status == 200
        assert "Accept-Ranges" not in answer.headers  # whose mere presence mpd takes for a leave to seek
        assert await answer.content.readexactly(len(HEADER)) == HEADER


@pytest.mark.parametrize("path", ["cover.png", "rain.wav", "white_noise.wav.cue"])
async def test_beside_it_there_is_nothing_and_nobody_is_said_to_have_tried_to_log_in(
    session: ClientSession, airing: Airing, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    url = URL(path_of(airing)).parent.human_repr()
    for ask in (session.get, session.head):
        async with ask(URL(f"{url}/{path}", encoded=True)) as answer:
            assert answer.status == 404
    assert "invalid authentication" not in caplog.text


async def test_an_address_that_is_guessed_or_over_leads_nowhere(
    session: ClientSession, airing: Airing, on_air: OnAir
) -> None:
    assert len(airing.order) >= 20
    path = path_of(airing)
    async with session.get(path.replace(airing.order, "guessed")) as answer:
        assert answer.status == 404
    on_air.end(airing)
    async with session.get(path) as answer:
        assert answer.status == 404


async def test_only_so_many_fetch_one_airing(session: ClientSession, airing: Airing) -> None:
    answers = [await session.get(path_of(airing)) for _ in range(MOST_STREAMS + 1)]
    assert [answer.status for answer in answers] == [200] * MOST_STREAMS + [503]
    for answer in answers:
        answer.close()
    await hung_up(airing)
    async with session.get(path_of(airing)) as answer:
        assert answer.status == 200


async def test_a_player_that_takes_nothing_more_is_let_go_when_it_is_over(
    session: ClientSession, airing: Airing, on_air: OnAir, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soundscape_view, "AHEAD", 3600.0)
    async with session.get(path_of(airing)):
        on_air.end(airing)
        await hung_up(airing)
    assert on_air.airings == ()


async def test_the_loop_goes_on_while_a_round_is_made(hass: HomeAssistant, on_air: OnAir) -> None:
    making = hass.async_create_task(on_air.async_round(WHITE))
    turns = 0
    while not making.done():
        turns += 1
        await asyncio.sleep(0)
    assert turns > 5
    assert await on_air.async_round(WHITE) is making.result()


async def test_only_so_many_rounds_are_kept(on_air: OnAir, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered: list[str] = []

    def render(soundscape: Soundscape) -> bytes:
        rendered.append(soundscape.key)
        return made(soundscape)

    monkeypatch.setattr("custom_components.athena.audio.on_air.render", render)
    first, *others = ALL[: KEPT + 1]
    for soundscape in (first, first, *others, *others, first):
        assert await on_air.async_round(soundscape) == made(soundscape)
    assert rendered == [first.key, *(one.key for one in others), first.key]
