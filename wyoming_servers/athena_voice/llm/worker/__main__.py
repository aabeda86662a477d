"""`python -m athena_voice.llm.worker`: load a model and serve it until the parent is gone."""

import argparse
import asyncio
import logging
import signal
import sys
from pathlib import Path

from ...errors import VoiceError
from ...web_server import web_handler
from ..tied import tie_to_parent
from .model import Model
from .server import Worker


async def _serve(arguments: argparse.Namespace) -> None:
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    worker = Worker()

    server = await loop.create_unix_server(web_handler(worker.handle), arguments.socket)

    def load() -> Model:
        return Model(arguments.model, context=arguments.context, threads=arguments.threads, cancelled=worker.cancelled)

    worker.has(await loop.run_in_executor(worker.thread, load))
    await stop.wait()
    worker.stopping.set()
    server.close()


def main() -> None:
    """Run it; ends the process with 1 for a model that cannot be used."""
    tie_to_parent()
    parser = argparse.ArgumentParser(prog="athena-voice-llm-worker")
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--socket", required=True)
    parser.add_argument("--context", type=int, required=True)
    parser.add_argument("--threads", type=int)
    logging.basicConfig(level="WARNING", stream=sys.stderr, format="%(levelname)s %(message)s")
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is its parent's, who ends it
    try:
        asyncio.run(_serve(parser.parse_args()))
    except VoiceError as err:
        sys.exit(f"ERROR {err}")


if __name__ == "__main__":
    main()
