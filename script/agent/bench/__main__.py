"""Run `python -m script.agent.bench` as `script/bench agent`."""

from .cli import main

main()
