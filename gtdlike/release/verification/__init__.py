"""The proofs of a release, one file an idea. `gtdlike.release.verify` calls them all."""
