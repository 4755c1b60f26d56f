"""The parts of a comparison of releases, one file an idea. `gtdlike.release.diff` puts them together."""
