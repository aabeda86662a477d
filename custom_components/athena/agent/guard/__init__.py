"""Nothing is done before it has been looked at: against the words, against the home, against what could do harm."""
