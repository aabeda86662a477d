"""What somebody tells the home to do: clauses, several of them, and what goes on from the turn before."""
