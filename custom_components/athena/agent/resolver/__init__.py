"""The deterministic tier: what an utterance means in this very home, or that it is not for it. It never guesses."""
