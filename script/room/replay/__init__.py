"""Events in, commands out: what a room would have done (PRD §17's debug CLI)."""
