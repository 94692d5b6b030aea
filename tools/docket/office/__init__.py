"""The organiser's acts: what a choice means, what waits, what is written."""
