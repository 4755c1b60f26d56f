"""Where the work of coding runs: in this process, in a pool of processes, or batch by batch on a cluster."""

from __future__ import annotations

from gtdlike.engines.local import run
from gtdlike.engines.outcome import Fate, Outcome, code_article, default_coder

__all__ = ["Fate", "Outcome", "code_article", "default_coder", "run"]
