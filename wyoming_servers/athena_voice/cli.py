"""The command `athena-voice`."""

import argparse
import asyncio
import logging
import signal
import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import Final

from . import logs, registry
from .address import Address
from .bounds import Bounds
from .errors import SettingsError, VoiceError
from .llm import options as llm_options
from .llm.commands import COMMANDS
from .options import uri, whole
from .server import serve
from .stt import options as stt_options
from .tts import options as tts_options
from .wake import options as wake_options
from .web_server import serve_web

_LOGGER = logging.getLogger(__name__)

SERVERS: Final = {
    "wake": "athena_voice.wake.service:WakeService [wake]",
    "stt": "athena_voice.stt.service:SttService [stt]",
    "tts": "athena_voice.tts.service:TtsService [tts]",
    "llm": "athena_voice.llm.service:LlmService",
}
_MONITOR_ABOVE: Final = 1000
_HIGHEST_PORT: Final = 65_535
_INTERRUPTED: Final = 128 + signal.SIGINT
OPTIONS: Final = {"wake": wake_options, "stt": stt_options, "tts": tts_options, "llm": llm_options}


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command; ends the process with 0, 1 for what the user can mend, 2 for bad arguments."""
    arguments = _parser().parse_args(argv)
    command = COMMANDS.get(arguments.server)
    logs.set_up(arguments.log_level, arguments.log_format)
    try:
        try:
            if command is None:
                asyncio.run(_until_told(arguments))
            else:
                command.run(arguments)
        except* VoiceError as group:
            raise _first(group) from None
    except VoiceError as err:
        if arguments.log_format == "json":
            _LOGGER.critical("%s", err)  # what reads the log as JSON reads this, too
        else:
            sys.stderr.write(f"athena-voice: {err}\n")
        sys.exit(1)
    except KeyboardInterrupt:  # of a command that ends by itself; a server has been told by then
        sys.exit(_INTERRUPTED)


def _first(group: BaseExceptionGroup[VoiceError]) -> VoiceError:
    inner = group.exceptions[0]
    return _first(inner) if isinstance(inner, BaseExceptionGroup) else inner


async def _until_told(arguments: argparse.Namespace) -> None:
    """Serve until SIGINT or SIGTERM."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    settings = dict(vars(arguments))
    server, address = settings.pop("server"), settings.pop("uri")
    monitor = _monitor(address, settings.pop("metrics_uri"), wanted=settings.pop("metrics"))
    bounds = Bounds(clients=settings.pop("max_clients"))
    del settings["log_level"], settings["log_format"]
    service = registry.load(SERVERS, server)(**settings)
    serving = serve_web if OPTIONS[server].SCHEME == "http" else serve
    await serving(service, address, stop, bounds=bounds, monitor=monitor)


def _monitor(served: Address, chosen: Address | None, *, wanted: bool) -> Address | None:
    """Return where health and metrics are told; raise SettingsError where that has to be said."""
    if not wanted:
        return None
    if chosen is not None:
        return chosen
    port = served.port + _MONITOR_ABOVE if served.port else 0
    if port > _HIGHEST_PORT:
        raise SettingsError(
            f"health and metrics are told {_MONITOR_ABOVE} ports above {served}, where there is no port; "
            "choose an address for them with --metrics-uri, or --no-metrics"
        )
    return Address(served.host, port, "http")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="athena-voice", description="Servers of Athena.")
    parser.add_argument("--version", action="version", version=version("athena-voice"))
    servers = parser.add_subparsers(dest="server", required=True, metavar="SERVER")
    for name, options in OPTIONS.items():
        sub = servers.add_parser(name, help=options.HELP, description=options.HELP)
        here = f"{options.SCHEME}://127.0.0.1:{options.PORT}"
        sub.add_argument("--uri", type=uri(options.SCHEME), default=here, help="where to listen (%(default)s)")
        _add_log(sub)
        sub.add_argument(
            "--max-clients",
            type=whole(1, 10_000, "connections"),
            default=Bounds().clients,
            metavar="N",
            help="connections at a time (%(default)s)",
        )
        monitor = sub.add_mutually_exclusive_group()
        monitor.add_argument(
            "--metrics-uri",
            type=uri("http"),
            metavar="URI",
            help=f"where /health and /metrics are (http://, the same host, {_MONITOR_ABOVE} ports above)",
        )
        monitor.add_argument("--no-metrics", dest="metrics", action="store_false", help="tell neither")
        options.add(sub)
    for name, command in COMMANDS.items():
        sub = servers.add_parser(name, help=command.HELP, description=command.HELP)
        _add_log(sub)
        command.add(sub)
    return parser


def _add_log(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--log-level", choices=("debug", "info", "warning", "error"), default="info")
    parser.add_argument("--log-format", choices=logs.FORMATS, default="text", help="of each line (%(default)s)")
