"""Text is compared, cleaned and made into addresses without losing a word."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from homepage.common.addresses import rooted
from homepage.common.text import clean, fold, slug, words

# Letters, marks, controls and invisible characters that trip each other up.
TRICKY = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "aéßİıŁ℡ﬁΐかが\u0301\u0345\u3099\u200b\u200c\u200d\u202e\u00ad\ufeff \n\x00\x1f"
        ),
    )
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Müller", "muller"),
        ("Mu\u0308ller", "muller"),
        ("Łukasz Żak", "lukasz zak"),
        ("Straße", "strasse"),
        ("Ångström & Ørsted", "angstrom orsted"),
        ("Spiking-Networks:  a SURVEY!", "spiking networks a survey"),
        ("snake_case", "snake case"),
        ("ﬁne", "fine"),
        ("ＡＢＣ１２", "abc12"),
        ("TEL ℡", "tel tel"),
        ("李明", "李明"),
        ("한글", "한글"),
        ("“quoted” – text…", "quoted text"),
        ("soft\u00adhyphen\u200b", "softhyphen"),
        ("مُحَمَّد", "محمد"),
        ("", ""),
        ("…", ""),
    ],
)
def test_fold_leaves_what_a_reader_compares(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("one", "other"), [("はか", "はが"), ("कि", "के"), ("かん", "がん"), ("ตา", "ตี")]
)
def test_fold_keeps_words_apart_that_differ_by_a_mark_of_their_script(one, other):
    assert fold(one) != fold(other)


@given(TRICKY)
@example("℡")
@example("ΐ")
@example("İ")
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(TRICKY)
def test_fold_does_not_care_about_normal_forms(text):
    composed = unicodedata.normalize("NFC", text)
    assert fold(composed) == fold(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Deep Networks: A Survey", "deep-networks-a-survey"),
        ("Über Größe", "uber-grosse"),
        ("  --x--  ", "x"),
        ("O'Neill", "o-neill"),
        ("$E=mc^2$", "e-mc-2"),
        ("脉冲神经网络", "paper-7"),
        ("脉冲 SNN", "snn"),
        ("", "paper-7"),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_slug_is_ascii_or_the_fallback(text, expected):
    assert slug(text, "paper-7") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("deep spiking networks", "deep"),
        ("deep spik networks", "deep-spik"),
        ("deepspikingnetworks", "deepspikin"),
        ("deep-spik-", "deep-spik"),
    ],
)
def test_slug_is_cut_at_a_word_where_it_can(text, expected):
    assert slug(text, "x", max_length=10) == expected


@given(TRICKY, st.integers(min_value=5, max_value=80))
def test_a_slug_fits_into_an_address(text, max_length):
    result = slug(text, "none", max_length)
    assert set(result) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert 0 < len(result) <= max_length
    assert not result.startswith("-")
    assert not result.endswith("-")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Top 3% of Papers", {"top", "3", "of", "papers"}),
        ("a_b a-b", {"a", "b"}),
        ("ｆｕｌｌ", {"full"}),
        ("exam\u00adple", {"example"}),
        ("李明，王芳", {"李明", "王芳"}),
        ("...", set()),
    ],
)
def test_words_are_runs_of_letters_or_digits(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Jane \t\n Doe ", "Jane Doe"),
        ("Jane\u00a0Doe\u3000X", "Jane Doe X"),
        ("Mu\u0308ller", "Müller"),
        ("\ufeffJane\u200b Doe\u202e", "Jane Doe"),
        ("Jane\x00Doe", "Jane Doe"),
        ("\u200dJane\u200d Doe\u200c", "Jane Doe"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🔬", "👩\u200d🔬"),
        ("a\ud800b", "a b"),
        ("", ""),
    ],
)
def test_clean_leaves_one_line_as_a_reader_sees_it(text, expected):
    assert clean(text) == expected


@given(TRICKY)
def test_clean_loses_no_word(text):
    assert words(clean(text)) == words(text)


@given(TRICKY)
@example("a\u200d\u200dم")
def test_cleaning_twice_changes_nothing(text):
    assert clean(clean(text)) == clean(text)


@given(TRICKY)
def test_what_is_cleaned_can_be_stored(text):
    result = clean(text)
    assert result == result.strip()
    assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in result)


@pytest.mark.parametrize(
    ("address", "whole"),
    [
        ("files/a.pdf", "/files/a.pdf"),
        ("../a/b.pdf", "/a/b.pdf"),
        ("paper.pdf", "/paper.pdf"),
        ("/a.pdf", "/a.pdf"),
        ("https://a.org/b", "https://a.org/b"),
        ("www.example.org/a", "www.example.org/a"),
        ("mailto:a@b.org", "mailto:a@b.org"),
    ],
)
def test_path_of_an_old_page_leads_from_the_root_on(address, whole):
    assert rooted(address) == whole
