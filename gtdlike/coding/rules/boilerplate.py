"""What a site puts around an article (appeals, share bars, links to other stories, comments) is no article text."""

from __future__ import annotations

from gtdlike.coding.rules.lexicon import phrases


def boilerplate(lows: list[str]) -> str | None:
    """What to do with a sentence: `skip` it, `end` the article before it, or None for prose."""
    for hit in phrases("boilerplate").find(lows):
        row = hit.value
        if len(lows) <= int(row["most_words"]) and (row["where"] == "any" or hit.start <= 1):
            return row["effect"]
    return None
