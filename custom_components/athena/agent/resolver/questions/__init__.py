"""What somebody asks of the home, answered from its states."""
