"""Killed and wounded of a draft."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from gtdlike.coding.rules.casualties import Toll, motive
from gtdlike.coding.rules.draft_tolls import told_of, toll_span, with_rest
from gtdlike.coding.rules.drafts import Draft
from gtdlike.coding.rules.fates import fate_words
from gtdlike.coding.rules.numbers import read_number
from gtdlike.coding.rules.prose import Sentence
from gtdlike.coding.rules.scene import Scene
from gtdlike.coding.rules.sheet import Sheet
from gtdlike.coding.rules.tally import Count, settle
from gtdlike.coding.rules.wordlists import wordset


def _attacks(draft: Draft) -> int:
    """How many linked attacks a text counts ("one of two bombings"); 1 where it does not say."""
    for scene in draft.scenes:
        lows = scene.sentence.lows
        for i in range(len(lows) - 2):
            if lows[i] == "one" and lows[i + 1] == "of":
                at = i + 2 + (lows[i + 2] in ("the", "at"))
                read = read_number(lows, min(at, len(lows) - 1))
                if (
                    read is not None
                    and read[1]
                    and read[1] > 1
                    and not any(w in ("people", "victims") for w in lows[read[0] : read[0] + 2])
                ):
                    return read[1]
    return 1


def code_casualties(sheet: Sheet, draft: Draft, all_of_it: Sequence[Scene]) -> None:
    """nkill, nwound and, of them, perpetrators and US citizens.

    `all_of_it`: the scenes of a text that tells of this attack only, so that what it leaves out can be taken as none.
    """
    told = told_of(draft)
    brief = bool(all_of_it)
    if brief:
        told = with_rest(draft, all_of_it, told)
    if draft.among:
        told = _without_overview(draft, told)
    attacks = _attacks(draft)
    told = _all_attackers(_either(_taken_killed(told)), sheet.values.get("nperps"))
    killed, wounded = settle(told, "killed", attacks), settle(told, "wounded", attacks)
    _suicide(sheet, killed, told)
    for count, names in ((killed, ("nkill", "nkillter", "nkillus")), (wounded, ("nwound", "nwoundte", "nwoundus"))):
        _put(sheet, count, names)
    vague = {toll.fate for _, toll in told if toll.value is None or (toll.linked == 0 and attacks < 2)}
    for variable, part, fate, other in (
        ("nkill", "nkillter", "killed", wounded), ("nwound", "nwoundte", "wounded", killed),
    ):  # fmt: skip
        silent = fate not in vague and not _spoken_of(draft, fate)
        if variable not in sheet.values and silent and (brief or other.total is not None):
            sheet.put(variable, 0, f"{variable}.none_told")
        if variable in sheet.values and not _attackers_among(draft, fate):
            sheet.put(part, 0, f"{part}.none_told")
    _more_than_told(sheet)
    if sheet.values.get("success") == 0 and sheet.values.get("attacktype1") == 1:
        return
    if sheet.values.get("attacktype1") == 1 and sheet.values.get("nkill") == 0 and killed.total == 0:
        sheet.drop("success")
        sheet.put("success", 0, "success.target_survived")


def _without_overview(draft: Draft, told: list[tuple[Sentence, Toll]]) -> list[tuple[Sentence, Toll]]:
    """ "Bombs killed 44 people at two churches": no number of this attack, where the text tells its own as well."""
    lead = draft.tellings[0].scene
    if not (any(e.plural for e in lead.events) or wordset("several attacks") & set(lead.sentence.lows)):
        return told
    own = {
        toll.fate
        for sentence, toll in told
        if sentence is not lead.sentence and toll.value and not (toll.part or toll.perpetrators)
    }
    return [(s, t) for s, t in told if s is not lead.sentence or t.fate not in own or t.perpetrators]


def _spoken_of(draft: Draft, fate: str) -> bool:
    """Whether the sentences about the attack speak of its dead or wounded, in whatever words."""
    return any(
        w.fate == fate and not motive(scene.sentence.lows, w.start, w.form == "noun")
        for scene in draft.scenes
        for w in fate_words(scene.sentence)
    )


def _attackers_among(draft: Draft, fate: str) -> bool:
    """ "Nine people, including officers and attackers, died": some of them, and how many is not told."""
    for scene in draft.scenes:
        lows = scene.sentence.lows
        if "including" not in lows or not any(t.fate == fate for t in scene.tolls):
            continue
        at = lows.index("including")
        end = next((w.start for w in fate_words(scene.sentence) if w.fate == fate and w.start > at), at)
        if any(at < p.first and p.last <= end and p.role == "perpetrator" for p in scene.people):
            return True
    return False


def _more_than_told(sheet: Sheet) -> None:
    """Where more attackers died than the text counts ("a bomber", and others after him), their number is not known."""
    attackers, died = sheet.values.get("nperps"), sheet.values.get("nkillter")
    if isinstance(attackers, int) and isinstance(died, int) and 0 < attackers < died:
        sheet.drop("nperps")
        sheet.put("nperps", -99, "nperps.unknown")


def _taken_killed(told: list[tuple[Sentence, Toll]]) -> list[tuple[Sentence, Toll]]:
    """ "The hostages were killed": give the number that was told of those who were taken."""
    taken = max((t.value for _, t in told if t.fate == "kidnapped" and t.value), default=None)
    return [(s, evolve(t, value=taken)) if t.back else (s, t) for s, t in told]


def _all_attackers(told: list[tuple[Sentence, Toll]], attackers: object) -> list[tuple[Sentence, Toll]]:
    """ "In addition to the bombers, ten people died": as many as the text tells to have attacked."""
    if not isinstance(attackers, int) or attackers < 1:
        return told
    return [
        (s, evolve(t, value=attackers))
        if t.also and t.perpetrators and t.value is None and t.fate == "killed"
        else (s, t)
        for s, t in told
    ]


def _either(told: list[tuple[Sentence, Toll]]) -> list[tuple[Sentence, Toll]]:
    """ "Forty people were killed or wounded": how many of each is not told."""
    alike: dict[tuple[int, int], dict[str, int]] = {}
    for s, t in told:
        alike.setdefault((s.index, t.first), {})[t.fate] = t.verb

    def unsure(s: Sentence, t: Toll) -> bool:
        verbs = alike[s.index, t.first]
        between = s.lows[min(verbs.values()) : max(verbs.values())]
        return "or" in between

    return [(s, evolve(t, value=None)) if t.value != 0 and unsure(s, t) else (s, t) for s, t in told]


def _suicide(sheet: Sheet, killed: Count, told: list[tuple[Sentence, Toll]]) -> None:
    """Whoever blows himself up is dead, also where the text counts only kinds of victims."""
    if sheet.values.get("suicide") != 1 or sheet.values.get("success") == 0 or killed.total is None:
        return
    nperps = sheet.values.get("nperps")
    bombers = nperps if isinstance(nperps, int) and 0 < nperps < 20 else 1
    if killed.perpetrators is None:
        killed.perpetrators = bombers
        # "Ten people died" may hold them, but a number below theirs does not.
        if killed.total < bombers or not any(t.general for _, t in told if t.fate == "killed" and t.value):
            killed.total += bombers
    elif killed.perpetrators == 1 and bombers > 1 and killed.because_perpetrators is not None:
        sentence, toll = killed.because_perpetrators
        if not toll.shared and "bombers" in sentence.lows:
            killed.total += bombers - 1
            killed.perpetrators = bombers


def _put(sheet: Sheet, count: Count, names: tuple[str, str, str]) -> None:
    if count.total is None or not count.because:
        return
    total, part, us = names
    several = len(count.because) > 1
    sheet.put(
        total, count.total, f"{total}.{'sum' if several else 'counted'}", toll_span(count.because[0]), inferred=several
    )
    if count.perpetrators is not None:
        where = count.because_perpetrators or count.because[0]
        sheet.put(
            part, count.perpetrators, f"{part}.counted", toll_span(where), inferred=count.because_perpetrators is None
        )
    if count.us and count.us <= count.total and count.because_us is not None:
        sheet.put(us, count.us, f"{us}.counted", toll_span(count.because_us))
