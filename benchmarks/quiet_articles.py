"""Articles that tell of no violence, made of sentences of our own: what most of the news is.

    python benchmarks/quiet_articles.py

prints one of each kind. `loaded` ones are of sport and use its words of war ("attack", "shot", "beat"), so that a coder
cannot pass them over by their words alone.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from gtdlike.article import Article

NAMES = "Anna Berg,Tomas Okoro,Lucia Ferrari,David Lindqvist,Mei Tanaka,Pedro Alves,Ingrid Haugen,Samuel Mensah".split(
    ","
)
TOWNS = "Leeds,Turin,Bergen,Osaka,Porto,Ghent,Cork,Malmo,Austin,Perth,Accra,Lyon,Graz,Toledo".split(",")
DAYS = "Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday".split(",")
BODIES = "council,school board,chamber of commerce,museum,university,port authority,transport office,health service"
THINGS = "library,swimming pool,tram line,market hall,concert hall,cycle path,primary school,footbridge,water works"
GOODS = "wheat,steel,coffee,timber,wool,copper,olive oil,paper,bicycles,furniture"

COUNCIL = [
    "The {body} in {town} voted on {day} to build a new {thing} by {year}.",
    "{name}, who chairs the planning committee, said the {thing} would cost about {n} million.",
    "Residents asked whether parking would become dearer, and were told that no decision had been taken.",
    "A second reading of the budget is due on {day}, after the committee has looked at the drainage.",
    "“We have waited {n} years for this,” said {name}, a baker whose shop stands beside the old {thing}.",
    "The {body} also agreed to plant {n} lime trees along the river and to mend the clock of the town hall.",
    "Two members abstained, among them {name}, who would rather have repaired the {thing}.",
    "Minutes of the meeting will be published on the website of the {body} next week.",
]
ECONOMY = [
    "Exports of {good} rose by {n} percent in the year to March, the statistics office in {town} reported.",
    "Analysts had expected a smaller gain, because the price of {good} fell in the autumn.",
    "{name}, an economist at the university of {town}, put it down to a mild winter and cheaper freight.",
    "The central bank left its rate at {n} percent and said that it saw no reason to change it before the summer.",
    "A maker of {good} in {town} said that it would hire {n} people and open a second plant in {year}.",
    "Shares in {town} closed a little higher on {day}, led by banks and by traders of {good}.",
    "Unemployment stood at {n} percent, the lowest for {year} months if seasonal work is left out.",
    "“Orders are steady, and that is all one can ask for,” said {name}, who runs a family firm in {town}.",
]
CULTURE = [
    "The museum in {town} opens an exhibition of {n} maps on {day}, some of them older than the city.",
    "{name}, who collected them for {n} years, drove the last ones from {town} in a borrowed van.",
    "Rain is forecast for the weekend, with up to {n} millimetres in the hills and some sun on {day}.",
    "Pupils of a school in {town} have measured the river each {day} since {year} and found it cleaner.",
    "Doctors in {town} advise walking for {n} minutes a day, and more for those who sit at work.",
    "The orchestra played to {n} listeners, and had to repeat the last movement.",
    "Astronomers said the comet can be seen with field glasses until {day}, low in the west after dusk.",
    "“It smells of bread in here again,” said {name}, whose grandparents kept the mill until {year}.",
]
SPORT = [
    "{town} drew with {town2} on {day} before {n} thousand spectators, and stay third in the table.",
    "{name} scored twice in the first half, the second time with a header from a corner.",
    "Coach {name} praised the young goalkeeper, who is still at school and took the bus home.",
    "The rowing club of {town} won the eights by a length, in the fastest time since {year}.",
    "{name} finished the marathon in {town} in under three hours, and said that the wind had helped.",
    "The return match is on {day}, and tickets are sold out but for {n} seats behind the goal.",
]
LOADED = [
    "{town} beat {town2} on {day}, though their attack was without its best striker.",
    "{name} shot over the bar from {n} metres and later struck the post.",
    "The defence held out against one attack after another until {name} fired home the winner.",
    "The champions were beaten on their own ground for the first time since {year}.",
    "It was a raid down the left wing that settled it, and {name} who set it in motion.",
]
QUIET = (COUNCIL, ECONOMY, CULTURE, SPORT)


def articles(number: int, *, loaded: bool = False, seed: int = 1) -> Iterator[Article]:
    """So many articles of 200 to 500 words, the same ones for the same seed."""
    pick = random.Random(seed)
    for n in range(number):
        sentences = SPORT + LOADED if loaded else pick.choice(QUIET)
        yield Article(id=f"quiet-{n}", text=_write(pick, sentences), published=dt.date(2019, 5, 1 + n % 28))


def _write(pick: random.Random, sentences: list[str]) -> str:
    least = pick.randint(200, 480)
    paragraphs = [f"{pick.choice(TOWNS).upper()} - "]
    words = 0
    while words < least:
        sentence = pick.choice(sentences).format(
            body=pick.choice(BODIES.split(",")),
            day=pick.choice(DAYS),
            good=pick.choice(GOODS.split(",")),
            n=pick.randint(2, 60),
            name=pick.choice(NAMES),
            thing=pick.choice(THINGS.split(",")),
            town=pick.choice(TOWNS),
            town2=pick.choice(TOWNS),
            year=pick.randint(1950, 2018),
        )
        words += len(sentence.split())
        paragraphs[-1] += sentence + " "
        if pick.random() < 0.3:
            paragraphs.append("")
    return "\n\n".join(p.strip() for p in paragraphs if p.strip())


if __name__ == "__main__":
    for loaded in (False, True):
        print(next(articles(1, loaded=loaded)).text, end="\n\n")
