"""A piece is found only under the digest, build and language that it was made under."""

import pytest
from django.core.cache import caches
from django.test import override_settings
from django.urls import set_script_prefix
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from homepage.common import pieces as module
from homepage.common.pieces import Pieces

DIGESTS = {1: "a" * 32, 2: "b" * 32}


def test_what_was_made_of_the_same_is_found():
    Pieces("entry").put(DIGESTS, {1: mark_safe("<b>1</b>"), 2: "2 < 3"})

    found = Pieces("entry").get(DIGESTS)

    assert found == {1: "<b>1</b>", 2: "2 < 3"}
    assert [type(text) for text in found.values()] == [SafeString, str]


def test_another_digest_is_another_piece_and_takes_its_place():
    pieces = Pieces("entry")
    pieces.put(DIGESTS, {1: "old", 2: "two"})
    changed = {**DIGESTS, 1: "c" * 32}

    assert pieces.get(changed) == {2: "two"}
    pieces.put(changed, {1: "new"})
    assert pieces.get(changed) == {1: "new", 2: "two"}
    assert pieces.get(DIGESTS) == {2: "two"}


def test_each_kind_language_place_and_build_has_its_own(monkeypatch):
    pieces = Pieces("entry", 2, "within")
    pieces.put(DIGESTS, {1: "one"})

    assert Pieces("entry", 3, "within").get(DIGESTS) == {}
    with translation.override("de"):
        assert Pieces("entry", 2, "within").get(DIGESTS) == {}
    set_script_prefix("/~jane/")
    try:
        assert Pieces("entry", 2, "within").get(DIGESTS) == {}
    finally:
        set_script_prefix("/")
    with override_settings(SITE_URL="https://other.example"):
        assert Pieces("entry", 2, "within").get(DIGESTS) == {}
    monkeypatch.setattr(module, "build_id", lambda: "another")
    assert Pieces("entry", 2, "within").get(DIGESTS) == {}
    monkeypatch.undo()
    assert Pieces("entry", 2, "within").get(DIGESTS) == {1: "one"}


def test_while_templates_are_written_nothing_is_kept(settings):
    settings.DEBUG = True
    Pieces("entry").put(DIGESTS, {1: "one"})
    assert Pieces("entry").get(DIGESTS) == {}
    settings.DEBUG = False
    assert Pieces("entry").get(DIGESTS) == {}


@pytest.mark.parametrize("kept", ["", "\n", "x", f"x-{DIGESTS[1]}\none"])
def test_what_stands_under_the_name_and_is_no_piece_is_missed(kept):
    pieces = Pieces("entry")
    caches["pieces"].set_many({f"{pieces.name}:1": kept})
    assert pieces.get(DIGESTS) == {}
