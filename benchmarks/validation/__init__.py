"""Validation measured: one generated table, ours and the rivals, the time, the memory and what each of them finds."""
