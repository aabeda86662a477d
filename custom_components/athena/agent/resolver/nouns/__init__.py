"""Which things of this home a noun phrase means."""
