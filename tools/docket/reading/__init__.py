"""From bytes to nouns: files, their shape, and what they say."""
