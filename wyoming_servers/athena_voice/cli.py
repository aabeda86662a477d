"""The command `athena-voice`."""

import argparse
import asyncio
import logging
import signal
import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import Final

from . import registry
from .errors import VoiceError
from .options import address
from .server import Service, serve
from .stt import options as stt_options
from .tts import options as tts_options
from .wake import options as wake_options

SERVERS: Final = {
    "wake": "athena_voice.wake.service:WakeService",
    "stt": "athena_voice.stt.service:SttService",
    "tts": "athena_voice.tts.service:TtsService",
}
OPTIONS: Final = {"wake": wake_options, "stt": stt_options, "tts": tts_options}


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
    server, uri = settings.pop("server"), settings.pop("uri")
    settings.pop("log_level")
    service: Service = registry.load(SERVERS, server, extra=server)(**settings)
    await serve(service, uri, stop)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="athena-voice", description="Wyoming servers of Athena.")
    parser.add_argument("--version", action="version", version=version("athena-voice"))
    servers = parser.add_subparsers(dest="server", required=True, metavar="SERVER")
    for name, options in OPTIONS.items():
        sub = servers.add_parser(name, help=options.HELP, description=options.HELP)
        uri = f"tcp://127.0.0.1:{options.PORT}"
        sub.add_argument("--uri", type=address, default=uri, help="where to listen (%(default)s)")
        sub.add_argument("--log-level", choices=("debug", "info", "warning", "error"), default="info")
        options.add(sub)
    return parser
