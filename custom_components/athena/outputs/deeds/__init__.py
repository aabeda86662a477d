"""What a person has asked of the home: done, read back from the states, and put back where they want that."""
