"""The forge: pull requests answered, opened and journalled."""
