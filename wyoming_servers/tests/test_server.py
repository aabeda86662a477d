"""What a server does with clients that are none, and with its own end."""

import asyncio
import json
import socket

import pytest
from wyoming.error import Error
from wyoming.info import Describe, Info
from wyoming.ping import Ping, Pong

from athena_voice.address import Address
from athena_voice.bounds import Bounds
from athena_voice.errors import AddressError, EngineError, SettingsError
from athena_voice.keepalive import notice_silence
from athena_voice.server import serve
from athena_voice.service import Send, Session
from athena_voice.tts.service import TtsService
from athena_voice.wake.service import WakeService
from athena_voice.wire import MAX_PAYLOAD_BYTES

from .bad_input.memory import MIB, needs_proc, resident
from .conftest import Client, Serving


async def described(client: Client) -> bool:
    await client.send(Describe())
    return Info.is_type((await client.receive()).type)


MALFORMED = {
    "no JSON": (b"hello\n", "header is not JSON"),
    "HTTP": (b"GET / HTTP/1.1\r\n\r\n", "header is not JSON"),
    "no object": (b"[1, 2]\n", "header is not a JSON object"),
    "no type": (b'{"data": {}}\n', "header has no event type"),
    "type is no text": (b'{"type": 7}\n', "header has no event type"),
    "length is no number": (b'{"type": "describe", "data_length": "many"}\n', "data_length is not a length: 'many'"),
    "negative length": (b'{"type": "describe", "payload_length": -1}\n', "payload_length is not a length: -1"),
    "data is no object": (b'{"type": "describe", "data": [1]}\n', "data is not a JSON object"),
    "data is no JSON": (b'{"type": "describe", "data_length": 3}\nabc', "data is not JSON"),
    "too long": (b'{"type": "' + b"x" * 100_000 + b'"}\n', "header is too long"),
    "binary": (bytes(range(128, 256)) + b"\n", "header is not JSON"),
}


@pytest.mark.parametrize("case", MALFORMED, ids=lambda case: case.replace(" ", "_"))
async def test_malformed_header_ends_that_connection_only(
    serving: Serving, caplog: pytest.LogCaptureFixture, case: str
) -> None:
    sent, reason = MALFORMED[case]
    async with serving(WakeService()) as server, server.client() as other:
        assert await described(other)
        async with server.client() as client:
            await client.send_raw(sent)
            error = Error.from_event(await client.receive())
            assert (error.code, error.text) == ("protocol-error", reason)
            await client.closed()
        assert await described(other)
    (record,) = [record for record in caplog.records if record.levelname == "WARNING"]
    assert reason in record.getMessage()
    assert "127.0.0.1:" in record.getMessage()


@needs_proc
async def test_payload_length_of_10_gb_is_refused_unread_and_the_next_client_is_served(
    serving: Serving, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(WakeService()) as server:
        async with server.client() as client:
            assert await described(client)
        before = resident()
        for _ in range(20):
            async with server.client() as client:
                header = {"type": "audio-chunk", "payload_length": 10 * 1024**3}
                await client.send_raw(json.dumps(header).encode() + b"\n" + bytes(60_000))
                error = Error.from_event(await client.receive())
                assert error.code == "protocol-error"
                assert error.text == f"payload_length of {10 * 1024**3} bytes is over the limit of {MAX_PAYLOAD_BYTES}"
        assert resident() - before < 20 * MIB
        async with server.client() as client:
            assert await described(client)
    assert len([record for record in caplog.records if record.levelname == "WARNING"]) == 20


@pytest.mark.parametrize(
    "event",
    [
        b'{"type": "audio-start", "data": {"rate": 16000}}\n',
        b'{"type": "audio-start", "data": {"rate": "x", "width": 2, "channels": 1}}\n',
        b'{"type": "audio-start", "data": {"rate": 16000, "width": 7, "channels": 1}}\n',
        b'{"type": "audio-start", "data": {"rate": 0, "width": 2, "channels": 1}}\n',
        b'{"type": "audio-start", "data": {"rate": 3999, "width": 2, "channels": 1}}\n',
        b'{"type": "audio-start", "data": {"rate": 16000, "width": 2, "channels": 1, "timestamp": "now"}}\n',
        b'{"type": "audio-chunk", "data": {}}\n',
        b'{"type": "detect", "data": {"names": "hey_jarvis"}}\n',
        b'{"type": "detect", "data": {"names": [1]}}\n',
    ],
)
async def test_an_event_without_its_fields_is_a_protocol_error(serving: Serving, event: bytes) -> None:
    async with serving(WakeService()) as server, server.client() as client:
        await client.send_raw(event)
        assert Error.from_event(await client.receive()).code == "protocol-error"
        await client.closed()


async def test_unknown_events_are_ignored(serving: Serving) -> None:
    async with serving(WakeService()) as server, server.client() as client:
        await client.send_raw(b'{"type": "select-program", "data": {"name": "x"}}\n{"type": "later"}\n')
        assert await described(client)


async def test_ping_is_answered_with_its_text(serving: Serving) -> None:
    async with serving(WakeService()) as server, server.client() as client:
        await client.send(Ping(text="7"))
        assert Pong.from_event(await client.receive()).text == "7"


async def test_describe_on_two_hundred_connections(serving: Serving) -> None:
    async with serving(WakeService(), bounds=Bounds(clients=200)) as server:

        async def one() -> bool:
            async with server.client() as client:
                return await described(client)

        assert all(await asyncio.gather(*(one() for _ in range(200))))


async def test_port_in_use_is_an_error_that_names_it(serving: Serving) -> None:
    async with serving(WakeService()) as server:
        with pytest.raises(AddressError, match=f"^{server.address} is already in use$"):
            await serve(WakeService(), server.address, asyncio.Event())


@pytest.mark.parametrize("host", ["192.0.2.1", "no.such.host.invalid"])
async def test_an_address_of_another_machine_is_refused(host: str) -> None:
    with pytest.raises(AddressError, match=f"tcp://{host}:9 cannot be listened on"):
        await serve(WakeService(), Address(host=host, port=9), asyncio.Event())


async def test_the_system_watches_over_a_client_that_may_lose_its_power(
    serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    accepted: list[socket.socket] = []

    def noticing(writer: asyncio.StreamWriter) -> None:
        notice_silence(writer)
        accepted.append(writer.get_extra_info("socket"))

    monkeypatch.setattr("athena_voice.client.notice_silence", noticing)
    async with serving(WakeService()) as server, server.client() as client:
        assert await described(client)
        [sock] = accepted
        assert sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
        for name, value in (("TCP_KEEPIDLE", 5), ("TCP_KEEPINTVL", 2), ("TCP_KEEPCNT", 3)):
            option = getattr(socket, name, None)  # not every system has each of them
            assert option is None or sock.getsockopt(socket.IPPROTO_TCP, option) == value


class _Broken(WakeService):
    """Fails as an engine with a bug would."""

    def open(self, send: Send) -> Session:  # type: ignore[override]
        return _BrokenSession(send)


class _BrokenSession:
    def __init__(self, send: Send) -> None:
        self._send = send

    async def handle(self, event: object) -> None:
        if event.type == "detect":  # type: ignore[attr-defined]
            raise EngineError("the model is gone")
        raise ZeroDivisionError

    async def close(self) -> None:
        return


async def test_an_engine_that_fails_is_told_and_logged_and_others_are_served(
    serving: Serving, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(_Broken()) as server:
        async with server.client() as client:
            await client.send_raw(b'{"type": "detect"}\n')
            error = Error.from_event(await client.receive())
            assert (error.code, error.text) == ("engine-error", "the model is gone")
            await client.send_raw(b'{"type": "audio-stop"}\n')
            assert "something went wrong" in Error.from_event(await client.receive()).text
            await client.closed()
        async with server.client() as client:
            assert await described(client)
    assert "ZeroDivisionError" in caplog.text


class _Failing(WakeService):
    """Fails with an error of the test's."""

    def __init__(self, failure: BaseException) -> None:
        super().__init__()
        self.failure = failure

    def open(self, send: Send) -> Session:  # type: ignore[override]
        del send
        return _FailingSession(self.failure)


class _FailingSession:
    def __init__(self, failure: BaseException) -> None:
        self._failure = failure

    async def handle(self, event: object) -> None:
        del event
        raise self._failure

    async def close(self) -> None:
        return


@pytest.mark.parametrize(
    "failure", [OSError(28, "No space left on device"), TimeoutError(), asyncio.CancelledError()], ids=repr
)
async def test_an_engines_failure_is_not_taken_for_a_client_that_is_gone(
    serving: Serving, caplog: pytest.LogCaptureFixture, failure: BaseException
) -> None:
    async with serving(_Failing(failure)) as server, server.client() as client:
        await client.send_raw(b'{"type": "detect"}\n')
        error = Error.from_event(await client.receive())
        assert (error.code, error.text) == ("server-error", "something went wrong in the server; its log says what")
        await client.closed()
    (record,) = [record for record in caplog.records if record.levelname == "ERROR"]
    assert record.exc_info


async def test_a_clients_own_words_fill_no_log(serving: Serving, caplog: pytest.LogCaptureFixture) -> None:
    async with serving(WakeService()) as server, server.client() as client:
        await client.send_raw(b'{"type": "x", "data_length": "' + b"long " * 10_000 + b'"}\n')
        assert len(Error.from_event(await client.receive()).text) < 400
        await client.closed()
    assert "data_length is not a length" in caplog.text
    assert len(caplog.text) < 1000


async def test_stopping_closes_connections_and_frees_the_port(serving: Serving) -> None:
    async with serving(TtsService(voice="en-us", rate=160)) as server:
        client = Client(*await asyncio.open_connection(server.address.host, server.address.port))
        assert await described(client)
    await client.closed()
    await client.close()
    stop = asyncio.Event()
    await serve(WakeService(), server.address, stop, lambda _: stop.set())


@pytest.mark.parametrize(
    "uri", ["127.0.0.1:10300", "http://127.0.0.1:1", "tcp://127.0.0.1", "tcp://:1", "tcp://h:99999", "tcp://h:1/x", ""]
)
def test_what_is_no_address_is_refused(uri: str) -> None:
    with pytest.raises(SettingsError, match="is not of the form tcp://HOST:PORT"):
        Address.parse(uri)


def test_an_address_is_written_as_it_is_read() -> None:
    for uri in ("tcp://127.0.0.1:10300", "tcp://[::1]:80"):
        assert str(Address.parse(uri)) == uri
