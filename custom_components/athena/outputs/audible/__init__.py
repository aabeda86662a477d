"""How anything is heard in a room: what the outputs share that can be heard."""
