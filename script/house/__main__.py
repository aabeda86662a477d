"""Run `python -m script.house` as `script/demo`."""

from .cli import main

main()
