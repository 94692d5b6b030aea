"""Git as the record: what is held, what came when, and writing to it safely."""
