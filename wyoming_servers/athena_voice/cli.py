"""The command `athena-voice`."""

import argparse
import asyncio
import logging
import signal
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Final

from . import registry
from .address import Address
from .errors import SettingsError, VoiceError
from .server import Service, serve

SERVERS: Final = {
    "wake": "athena_voice.wake.service:WakeService",
    "stt": "athena_voice.stt.service:SttService",
    "tts": "athena_voice.tts.service:TtsService",
}


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command; ends the process with 0, 1 for what the user can mend, 2 for bad arguments."""
    arguments = _parser().parse_args(argv)
    logging.basicConfig(
        level=arguments.log_level.upper(), stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    try:
        try:
            asyncio.run(_until_told(arguments))
        except* VoiceError as group:
            raise _first(group) from None
    except VoiceError as err:
        sys.stderr.write(f"athena-voice: {err}\n")
        sys.exit(1)


def _first(group: BaseExceptionGroup[VoiceError]) -> VoiceError:
    inner = group.exceptions[0]
    return _first(inner) if isinstance(inner, BaseExceptionGroup) else inner


async def _until_told(arguments: argparse.Namespace) -> None:
    """Serve until SIGINT or SIGTERM."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    settings = vars(arguments)
    server, address = settings.pop("server"), settings.pop("uri")
    settings.pop("log_level")
    service: Service = registry.load(SERVERS, server, extra=server)(**settings)
    await serve(service, address, stop)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="athena-voice", description="Wyoming servers of Athena.")
    parser.add_argument("--version", action="version", version=version("athena-voice"))
    servers = parser.add_subparsers(dest="server", required=True, metavar="SERVER")

    def server(name: str, port: int, help_text: str) -> argparse.ArgumentParser:
        sub = servers.add_parser(name, help=help_text, description=help_text)
        uri = f"tcp://127.0.0.1:{port}"
        sub.add_argument("--uri", type=_address, default=uri, help="where to listen (%(default)s)")
        sub.add_argument("--log-level", choices=("debug", "info", "warning", "error"), default="info")
        return sub

    server("wake", 10400, "wake words: microWakeWord")
    stt = server("stt", 10300, "speech to text: the sentences of the home, or nothing")
    stt.add_argument(
        "--home-assistant", metavar="URL", default="http://127.0.0.1:8123", help="whose home it is (%(default)s)"
    )
    stt.add_argument(
        "--token-file", metavar="FILE", type=Path, required=True, help="a long-lived access token of any user of it"
    )
    tts = server("tts", 10200, "text to speech: eSpeak NG")
    tts.add_argument("--voice", default="en-us", help="voice when none is asked for (%(default)s)")
    tts.add_argument("--rate", type=_words_a_minute, default=160, metavar="WPM", help="words a minute (%(default)s)")
    return parser


def _address(value: str) -> Address:
    try:
        return Address.parse(value)
    except SettingsError as err:
        raise argparse.ArgumentTypeError(str(err)) from err


def _words_a_minute(value: str) -> int:
    rate = int(value)
    if not 80 <= rate <= 450:
        raise argparse.ArgumentTypeError(f"{rate} is not between 80 and 450 words a minute")
    return rate
