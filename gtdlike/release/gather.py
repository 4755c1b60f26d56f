"""What a build gathers from its articles: what they tell, and what became of each."""

from __future__ import annotations

from attrs import define, field

from gtdlike.article import Article
from gtdlike.codebook import Codebook
from gtdlike.engines import Fate, Outcome
from gtdlike.errors import ReadError
from gtdlike.linking import Member
from gtdlike.release.check import checked
from gtdlike.release.manifest import Input
from gtdlike.release.rejected import Rejected, violation
from gtdlike.rows import to_row


@define
class Gathered:
    """What the articles tell, and what became of each of them."""

    codebook: Codebook
    rejected: Rejected
    inputs: list[Input] = field(factory=list)
    tellings: list[Member] = field(factory=list)
    articles: dict[str, Article] = field(factory=dict)
    """Those that tell of incidents, or on which the coder failed: what is written of these may hold their words."""

    def take(self, outcome: Outcome) -> None:
        """Keep what an article tells. An incident that its coder coded badly is rejected at once."""
        self.inputs.append(Input.of(outcome))
        if outcome.article is not None and outcome.fate in (Fate.CODED, Fate.FAILED):
            self.articles[outcome.article.id] = outcome.article
        for telling, coded in enumerate(outcome.coded, 1):
            assert outcome.article is not None
            sound, problems = checked(outcome.article, coded, self.codebook)
            if problems:
                row = None if sound is coded else to_row(sound.incident)
                violations = [violation("coder", problem, "Correct the coder.") for problem in problems]
                self.rejected.add_telling((outcome.article.id, telling), row, violations)
            else:
                self.tellings.append(Member(outcome.article, sound, telling=telling))

    def check_any(self) -> None:
        """Raise where nothing could be done at all: a mistyped input or a broken coder must not cost a release."""
        if not self.inputs:
            raise ReadError("There is no article in the input.", remedy="Give files or folders of articles.")
        lost = [one for one in self.inputs if one.fate in (Fate.UNREADABLE, Fate.FAILED)]
        if len(lost) < len(self.inputs):
            return
        first = lost[0]
        more = f" So it is with {len(lost) - 1} more, or likewise." if len(lost) > 1 else ""
        problem = "No article can be read." if first.fate == Fate.UNREADABLE else "No article can be coded."
        raise ReadError(f"{problem} {first.message}{more}", file=first.origin or first.id)
