"""Killed, wounded, hostages, property and ransom of a draft."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from attrs import evolve

from gtdlike.coding.rules.casualties import Toll, motive
from gtdlike.coding.rules.drafts import Draft
from gtdlike.coding.rules.fates import fate_words
from gtdlike.coding.rules.numbers import read_number
from gtdlike.coding.rules.prose import Sentence
from gtdlike.coding.rules.scene import Scene, told_aside
from gtdlike.coding.rules.sheet import Sheet, Span
from gtdlike.coding.rules.tally import Count, settle
from gtdlike.coding.rules.triggers import Trigger
from gtdlike.coding.rules.wordlists import wordset

_CAMPAIGN = 5
"""So many times the dead of the attack, told in a sentence without it, are those of a whole campaign."""

_DAYS = dt.timedelta(days=2)


def _told(draft: Draft) -> list[tuple[Sentence, Toll]]:
    """The tolls that belong to the draft: those of its tellings, and of the sentences that follow them up."""
    told: list[tuple[Sentence, Toll]] = []
    tellings = {id(t.scene): t for t in draft.tellings}
    for scene in draft.scenes:
        telling = tellings.get(id(scene))
        for toll in scene.tolls:
            if telling is None and _of_other_violence(scene, toll):
                continue
            if telling is not None and not toll.perpetrators and _by_state(scene, toll):
                continue
            if telling is not None and not telling.whole and not _nearest_is_ours(scene, toll, telling.events):
                continue
            told.append((scene.sentence, toll))
    return told


def _with_rest(
    draft: Draft, scenes: Sequence[Scene], told: list[tuple[Sentence, Toll]]
) -> list[tuple[Sentence, Toll]]:  # fmt: skip
    """In a short text about one attack the other sentences tell of it too ("Three attackers were also killed")."""
    seen = {scene.sentence.index for scene in draft.scenes}
    killed = max((t.value for _, t in told if t.fate == "killed" and t.value), default=0)
    rest = [
        (scene.sentence, t)
        for scene in scenes
        if scene.sentence.index not in seen and not _of_another_time(draft, scene)
        for t in scene.tolls
        if not (t.fate == "killed" and killed and (t.value or 0) > _CAMPAIGN * killed)
    ]
    return sorted(told + rest, key=lambda item: item[0].index)


def _of_another_time(draft: Draft, scene: Scene) -> bool:
    """ "The rebels killed 76 policemen there in April 2010": another attack, told beside this one."""
    best = draft.best_date()
    if best is None or best.low is None or best.high is None or not scene.events:
        return False
    days = [d for d in scene.dates if d.side is None and d.low is not None and d.high is not None]
    return any(d.high and d.high < best.low - _DAYS for d in days) and not any(
        d.low and d.high and d.high >= best.low - _DAYS and d.low <= best.high + _DAYS for d in days
    )


def _of_other_violence(scene: Scene, toll: Toll) -> bool:
    """In a sentence without an attack: is the toll that of a battle, a raid or an accident?

    Not where it tells how the attack ended: "In the ensuing shootout two guards died", "Police killed the attackers".
    """
    barred = {t.barred for t in scene.triggers if not (t.barred == "clash" and t.definite)}
    if not barred & {"plan", "accident", "period", "clash", "state"}:
        return False
    sequel = toll.also or (
        bool(wordset("sequel") & set(scene.sentence.lows)) and not any(c.local for c in scene.chains)
    )
    if toll.perpetrators:
        return not (sequel or _the_attackers(scene, toll))
    return not sequel or bool(barred & {"plan", "accident", "period"})


def _by_state(scene: Scene, toll: Toll) -> bool:
    """ "... the tomb of the general, who was killed by a drone": somebody whom the state killed."""
    return any(told_aside(scene, t) and t.first <= toll.verb < t.last for t in scene.triggers)


def _the_attackers(scene: Scene, toll: Toll) -> bool:
    lows = scene.sentence.lows
    return lows[toll.first] in ("the", "both", "all", "him", "her") or "the" in lows[toll.first : toll.last]


def _nearest_is_ours(scene: Scene, toll: Toll, ours: list[Trigger]) -> bool:
    best = min(scene.events, key=lambda e: min(abs(e.first - toll.verb), abs(e.last - toll.verb)), default=None)
    return best in ours


def _toll_span(item: tuple[Sentence, Toll]) -> Span:
    sentence, toll = item
    a, b = min(toll.first, toll.verb), max(toll.last, toll.verb + 1)
    return sentence.words[a].start, sentence.words[min(b, len(sentence.words)) - 1].end


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
    told = _told(draft)
    brief = bool(all_of_it)
    if brief:
        told = _with_rest(draft, all_of_it, told)
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
        total, count.total, f"{total}.{'sum' if several else 'counted'}", _toll_span(count.because[0]), inferred=several
    )
    if count.perpetrators is not None:
        where = count.because_perpetrators or count.because[0]
        sheet.put(
            part, count.perpetrators, f"{part}.counted", _toll_span(where), inferred=count.because_perpetrators is None
        )
    if count.us and count.us <= count.total and count.because_us is not None:
        sheet.put(us, count.us, f"{us}.counted", _toll_span(count.because_us))


def code_hostages(sheet: Sheet, draft: Draft) -> None:
    """ishostkid, nhostkid, hostkidoutcome and ransom, where the attack took hostages."""
    types = {sheet.values.get(f"attacktype{n}") for n in (1, 2, 3)}
    taken = [(s, t) for s, t in _told(draft) if t.fate == "kidnapped"]
    event = next(
        (
            (t.scene, e)
            for t in draft.tellings
            for e in t.events
            if e.kind in ("kidnapping", "hijacking", "hostage siege")
        ),
        None,
    )
    if not types & {4, 5, 6} and not taken:
        sheet.put("ishostkid", 0, "hostages.none_told")
        return
    span = _toll_span(taken[0]) if taken else None
    if event is not None:
        words = event[0].sentence.words
        span = (words[event[1].first].start, words[event[1].last - 1].end)
    if span is None:
        sheet.put("ishostkid", 0, "hostages.none_told")
        return
    sheet.put("ishostkid", 1, "hostages.taken", span, inferred=True)
    known = [(s, t) for s, t in taken if t.value]
    if known:
        s = known[0][0]
        value = sum(t.value or 0 for x, t in known if x is s and not t.part)
        if value:
            sheet.put("nhostkid", value, "nhostkid.counted", _toll_span(known[0]))
    sheet.put("nhostkid", -99, "nhostkid.unknown")
    _ransom(sheet, draft)


def _ransom(sheet: Sheet, draft: Draft) -> None:
    for scene in draft.scenes:
        hit = scene.has("ransom")
        if hit is None:
            continue
        words, lows = scene.sentence.words, scene.sentence.lows
        span = (words[hit.start].start, words[hit.end - 1].end)
        if any(w in ("no", "not", "never", "any") for w in lows[max(0, hit.start - 5) : hit.start]):
            sheet.put("ransom", 0, "ransom.none", span)
        else:
            sheet.put("ransom", 1, "ransom.told", span)
        return


def code_property(sheet: Sheet, draft: Draft) -> None:
    """property: 1 where damage is told, 0 where the text says there was none, -9 where it says nothing."""
    for name, value in (("no property", 0), ("property", 1)):
        for telling_scene in draft.scenes:
            hit = telling_scene.has(name)
            if hit is not None:
                words = telling_scene.sentence.words
                sheet.put(
                    "property",
                    value,
                    f"property.{'none' if value == 0 else 'damage'}",
                    (words[hit.start].start, words[hit.end - 1].end),
                )
                if value == 1:
                    sheet.put("propextent", 4, "propextent.unknown")
                return
    sheet.put("property", -9, "property.none_told")
