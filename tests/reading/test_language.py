"""The language of a text."""

from __future__ import annotations

import subprocess
import sys

import pytest

from gtdlike.coding.language import language_of

TEXTS = {
    "en": "Two gunmen on a motorcycle opened fire on a tea shop near the bus station, killing three people, and fled.",
    "es": "Dos hombres armados dispararon contra una tienda cerca de la estación, mataron a tres personas y huyeron.",
    "fr": "Deux hommes armés ont ouvert le feu sur une boutique près de la gare, tuant trois personnes, avant de fuir.",
    "de": "Zwei bewaffnete Männer schossen auf einen Laden am Bahnhof, töteten drei Menschen und flohen danach.",
    "tr": "Silahlı iki kişi otogarın yanındaki dükkâna ateş açarak üç kişiyi öldürdü ve olay yerinden kaçtı.",
    "nl": "Twee gewapende mannen openden het vuur op een winkel bij het station, doodden drie mensen en vluchtten.",
    "ru": "Двое вооружённых мужчин открыли огонь по магазину у вокзала, убили трёх человек и скрылись.",
}


@pytest.mark.parametrize(("language", "text"), TEXTS.items())
def test_languages(language: str, text: str) -> None:
    assert language_of(text) == language
    assert language_of(text.upper()) == language
    assert language_of(text * 5) == language


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen killed a judge in Karachi on 20 June 2017.",
        "Bomb kills 3 in Kabul",
        "Rebels seize town hall, free mayor",
    ],
)
def test_short_english_is_english(text: str) -> None:
    assert language_of(text) == "en"


@pytest.mark.parametrize("text", ["", "  \n", "1984 - 12.5%", "***"])
def test_no_words_at_all(text: str) -> None:
    assert language_of(text) == "und"


def test_english_is_known_without_the_model() -> None:
    script = "import sys; from gtdlike.coding.language import language_of; print(language_of(sys.argv[1]))"
    script += "; assert 'py3langid' not in sys.modules"
    text = TEXTS["en"] + " Police said that they were looking for witnesses who had been there when it happened."
    done = subprocess.run([sys.executable, "-c", script, text], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "en"), done.stderr
