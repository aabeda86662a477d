"""How well the agent understands a home, beside Home Assistant's own: `script/bench agent`."""
