"""Words become deeds, and deeds become the shortest true answer."""
