"""What is told of a round, as values and sentences."""
