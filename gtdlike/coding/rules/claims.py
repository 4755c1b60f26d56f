"""Was the attack claimed, and how was the claim made?"""

from __future__ import annotations

from gtdlike.coding.rules.drafts import Draft
from gtdlike.coding.rules.lexicon import phrases
from gtdlike.coding.rules.scene import Scene
from gtdlike.coding.rules.sheet import Sheet, Span
from gtdlike.coding.rules.wordings import wordings

_UNKNOWN_MODE = 10


def _span(scene: Scene, first: int, last: int) -> Span:
    words = scene.sentence.words
    return words[first].start, words[last - 1].end


def code_claim(sheet: Sheet, draft: Draft, claimed_in: Scene | None, word: tuple[int, int] | None) -> None:
    """claimed and claimmode. `claimed_in` and `word` tell where a named perpetrator claims the attack."""
    if claimed_in is not None and word is not None:
        _made(sheet, claimed_in, word)
        return
    for scene in draft.scenes:
        for hit in wordings(scene.sentence, "no claim"):
            sheet.put("claimed", 0, "claim.none", _span(scene, hit.start, hit.end))
            return
    for scene in draft.scenes:
        denied = wordings(scene.sentence, "denial")
        for name in ("claim", "confession"):
            for hit in wordings(scene.sentence, name):
                if not denied:
                    _made(sheet, scene, (hit.start, hit.end))
                    return
    sheet.put("claimed", 0, "claim.none_told")


def _made(sheet: Sheet, scene: Scene, word: tuple[int, int]) -> None:
    span = _span(scene, *word)
    sheet.put("claimed", 1, "claim.made", span)
    modes = list(phrases("claim_modes").find(scene.sentence.lows))
    if not modes:
        sheet.put("claimmode", _UNKNOWN_MODE, "claim.mode_unknown", span, inferred=True)
        return
    nearest = min(modes, key=lambda m: (abs(m.start - word[0]), m.start))
    sheet.put("claimmode", int(nearest.value["claimmode"]), "claim.mode", _span(scene, nearest.start, nearest.end))
