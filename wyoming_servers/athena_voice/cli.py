"""The command line: `athena-voice wake|stt|tts`."""

import argparse
import asyncio
import logging
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from athena_voice import engines
from athena_voice.errors import VoiceError
from athena_voice.server import Server
from athena_voice.service import Service

_PORTS: Final = {"wake": 10400, "stt": 10300, "tts": 10200}


def main(argv: Sequence[str] | None = None) -> None:
    """Run a server until SIGINT or SIGTERM; exit with 1 and one line for a fault that the user can mend."""
    arguments = _parser().parse_args(argv)
    logging.basicConfig(
        level=arguments.log_level.upper(), format="%(asctime)s %(levelname)s %(message)s", stream=sys.stderr
    )
    try:
        asyncio.run(_serve(_service(arguments), arguments.uri))
    except VoiceError as err:
        sys.stderr.write(f"athena-voice: {err}\n")
        sys.exit(1)
    except BaseExceptionGroup as group:
        known, others = group.split(VoiceError)
        if known is None or others is not None:
            raise
        sys.stderr.write(f"athena-voice: {known.exceptions[0]}\n")
        sys.exit(1)


async def _serve(service: Service, uri: str) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await Server(service, uri).run(stop)


def _service(arguments: argparse.Namespace) -> Service:
    """Return the chosen service; its packages are imported only now."""
    match arguments.server:
        case "wake":
            return _wake()
        case "tts":
            return _tts(arguments)
        case _:
            return _stt(arguments)


def _wake() -> Service:
    from athena_voice.wake.engines import ALL

    engine = engines.load(ALL, "micro", "wake")
    from athena_voice.wake.service import WakeService

    return WakeService(engine())


def _tts(arguments: argparse.Namespace) -> Service:
    from athena_voice.tts.engines import ALL
    from athena_voice.tts.service import SpeechService

    engine = engines.load(ALL, "espeak", "tts")
    return SpeechService(engine(words_per_minute=arguments.rate), arguments.voice)


def _stt(arguments: argparse.Namespace) -> Service:
    raise NotImplementedError


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="athena-voice", description="The voice servers of Athena, for Home Assistant.")
    servers = parser.add_subparsers(dest="server", required=True, metavar="wake|stt|tts")
    for name, text in (
        ("wake", "listen for wake words"),
        ("stt", "speech to text: the sentences of the home, and no others"),
        ("tts", "text to speech"),
    ):
        server = servers.add_parser(name, help=text, description=text)
        server.add_argument(
            "--uri",
            default=f"tcp://127.0.0.1:{_PORTS[name]}",
            help="address to listen on (default: %(default)s, this machine only; tcp://0.0.0.0:PORT for every network)",
        )
        server.add_argument(
            "--log-level", default="info", choices=["debug", "info", "warning", "error"], help="default: %(default)s"
        )
    servers.choices["stt"].add_argument(
        "--home-assistant", required=True, metavar="URL", help="such as http://homeassistant.local:8123"
    )
    servers.choices["stt"].add_argument(
        "--token-file", required=True, type=Path, help="file with a long-lived access token of any user"
    )
    servers.choices["tts"].add_argument("--voice", default="en-us", help="default: %(default)s")
    servers.choices["tts"].add_argument("--rate", type=int, default=160, help="words a minute (default: %(default)s)")
    return parser
