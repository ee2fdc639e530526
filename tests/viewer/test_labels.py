"""The words that the scripts use are the words that they are given."""

from eakte.viewer.labels import LABELS
from pathlib import Path

import re


GERMAN = Path(__file__).parents[2] / "src/eakte/locales/de/LC_MESSAGES/eakte.po"
STATIC = Path(__file__).parents[2] / "src" / "eakte" / "viewer" / "static"


def words_in_scripts():
    scripts = "\n".join(script.read_text() for script in STATIC.glob("*.js"))
    return set(re.findall(r"\blabels\.(\w+)", scripts))


def test_each_word_of_the_scripts_is_translated_and_none_is_left_over():
    assert words_in_scripts() == set(LABELS)


def test_no_script_or_template_writes_styles_or_handlers_into_html():
    """A strict Content-Security-Policy refuses them."""
    templates = STATIC.with_name("templates").glob("*.pt")
    for file in (*STATIC.glob("*.js"), *templates):
        text = file.read_text()
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|innerHTML", text)


def test_german_has_one_word_for_a_thing():
    """Of two words people believe that they mean two things."""
    said = "\n".join(re.findall(r'^msgstr "(.*)"$', GERMAN.read_text("utf-8"), re.M))
    assert "fehlgeschlagen" in said
    assert "Dokumentansicht" in said
    assert not re.search(r"gescheitert|Viewer|Betrachter", said)
