"""How large the model's prompt is, and whether what is meant is in it: `script/bench agent_prompt`."""
