"""Run `python -m script.agent.prompt_bench` as `script/bench agent_prompt`."""

from .cli import main

main()
