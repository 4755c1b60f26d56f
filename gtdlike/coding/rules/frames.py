"""Frames: passages that are set in a day and a place, told before the attack itself."""

from __future__ import annotations

from attrs import define, evolve

from gtdlike.coding.rules.belonging import attack_dates, usable
from gtdlike.coding.rules.dates import DateMention
from gtdlike.coding.rules.drafts import Telling
from gtdlike.coding.rules.places import PlaceChain, PlaceFinder
from gtdlike.coding.rules.scene import Scene


@define(slots=True, eq=False)
class Frame:
    """When and where a passage is set: told by a header ("DHAKA, July 1.") or by a sentence before the attack."""

    scene: Scene
    header: bool
    date: DateMention | None = None
    chain: PlaceChain | None = None
    used: bool = False


def read_frame(scene: Scene) -> Frame | None:
    """The setting that a sentence without an attack tells for the next one."""
    words = scene.sentence.words
    dates = [d for d in attack_dates(scene) if d.low is not None and d.span < 32]
    chains = [c for c in scene.chains if c.local and usable(c)]
    named = bool(chains) or (words[0].text.isupper() and len(words[0].text) > 2)
    header = bool(dates) and named and len(words) <= 8 and not scene.triggers
    if not header and (not dates or scene.triggers):
        return None
    chain = chains[0] if chains else None
    return Frame(scene, header, min(dates, key=lambda d: d.span, default=None), chain)


def set_in(telling: Telling, frame: Frame | None, finder: PlaceFinder) -> None:
    """Give a telling the date and place of its frame, where it has none of its own."""
    if frame is None or frame.used:
        return
    near = 0 < telling.scene.sentence.index - frame.scene.sentence.index <= (3 if frame.header else 1)
    if not near:
        return
    if telling.date is None and not any(e.noun and e.definite for e in telling.events):
        telling.date = frame.date
    if frame.chain is not None and telling.chain is not None and telling.place and telling.place.country is None:
        # "BAGHDAD, July 3. A lorry blew up in the Karrada district": the header says in which country.
        within = [m if m.candidates else evolve(m, level="part") for m in telling.chain.mentions]
        telling.chain = PlaceChain((*within, *frame.chain.mentions))
        telling.place = finder.settle(telling.chain)
    elif frame.chain is not None and (telling.place is None or not (telling.place.city or telling.place.province)):
        telling.chain, telling.place = frame.chain, finder.settle(frame.chain)
    frame.used = not frame.header
