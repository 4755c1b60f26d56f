"""Linking measured: generated mentions with the true grouping, ours beside splink, quality, time and memory."""
