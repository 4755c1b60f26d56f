"""The rule coder: one file a question, and the lexicons as data."""
