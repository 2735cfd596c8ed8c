"""Import in the admin as its owner uses it, in a real browser under the site's own policy."""

import pytest

from publications.models import Publication
from tests.browser.steps import (
    SMALL_TARGETS,
    WIDTH_TOO_MUCH,
    button,
    expect,
    follow,
    in_other_colors,
)
from tests.factories import make_publication

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

IMPORT = "/admin/publications/publication/import/"
ENTRIES = """\
TY  - CPAPER
ID  - walk
TI  - Learning to Walk with a title that is so long that a phone has to break it twice
AU  - Doe, Jane
AU  - Roe, John
T2  - Conference on Walking
PY  - 2020
DO  - 10.1234/walk
SP  - 1
EP  - 9
UR  - https://example.org/an/address/without/any/place/to/break/it/on/a/narrow/screen.html
ER  -
TY  - CPAPER
ID  - run
TI  - Running
AU  - Doe, Jane
PY  - 2020
ER  -
TY  - CPAPER
ID  - run
TI  - Swimming
AU  - Doe, Jane
PY  - 2020
ER  -
"""


def test_a_paste_and_two_clicks_without_script(log_in):
    page = log_in(IMPORT, java_script_enabled=False)
    page.get_by_label("Paste entries").fill(ENTRIES)

    follow(button(page, "Preview"))
    page.get_by_label("Swimming").uncheck()
    follow(button(page, "Save what is ticked"))

    expect(page.get_by_text("Imported: 2 added.")).to_be_visible()
    assert Publication.objects.count() == 2
    follow(page.get_by_role("link", name="Undo this import"))
    follow(button(page, "Undo the import"))
    expect(page.get_by_text("2 removed")).to_be_visible()
    assert not Publication.objects.exists()


def test_a_chosen_file_is_mended_in_the_page_and_read_again(log_in):
    page = log_in(IMPORT)
    file = {"name": "refs.ris", "mimeType": "text/plain", "buffer": ENTRIES.encode()}
    page.get_by_label("or choose a file").set_input_files(file)
    follow(button(page, "Preview"))

    page.get_by_text("The text, to mend and read again").click()
    editor = page.get_by_label("Paste entries")
    editor.fill(editor.input_value().replace("Running", "Flying"))
    follow(button(page, "Preview again"))

    expect(page.get_by_label("Flying")).to_be_visible()
    assert not Publication.objects.exists()


def test_every_page_fits_a_phone_and_reads_well(log_in, violations):
    make_publication(
        "Running", kind="article", year=2018, authors=["Jane Doe"], arxiv_id="1801.00001"
    )
    make_publication("Old", doi="10.1234/walk", authors=["Jane Doe"], pages="10-90")
    # axe tries styles on the page, which the policy would rightly refuse.
    page = log_in(IMPORT, width=360, bypass_csp=True)

    def check():
        assert page.evaluate(WIDTH_TOO_MUCH) == 0
        assert page.evaluate(SMALL_TARGETS) == []
        assert violations(page) == []
        in_other_colors(page, color_scheme="dark")
        assert violations(page, "color-contrast") == []
        in_other_colors(page, color_scheme="light")

    check()
    page.get_by_label("Paste entries").fill(ENTRIES)
    follow(button(page, "Preview"))
    expect(page.get_by_text("This looks like the published version")).to_be_visible()
    for summary in page.locator("#content summary").all():
        summary.click()
    check()
    follow(button(page, "Save what is ticked"))
    expect(page.get_by_text("Import more")).to_be_visible()
    check()
    follow(page.get_by_role("link", name="Undo this import"))
    expect(button(page, "Undo the import")).to_be_visible()
    check()


PREPRINT = "@misc{walls, title = {A Study of Walls}, author = {Doe, Jane}, year = 2021, eprint = {2101.00001}, archiveprefix = {arXiv}}"
PUBLISHED = "@inproceedings{walls22, title = {A Study of Walls}, author = {Doe, Jane}, booktitle = {ICML}, year = 2022, doi = {10.1000/walls}}"
HAND_WRITTEN = "- **What Walls Say**\n  Jane Doe, John Roe\n  *The Daily Wall*, 2020\n- lost\n"
HALLS = '[{"type": "article-journal", "title": "Halls", "author": [{"given": "Jane", "family": "Doe"}]}]'


def test_formats_one_after_the_other_make_one_paper_of_each_work(log_in):
    page = log_in(IMPORT)

    def paste(text):
        page.goto(IMPORT)
        page.get_by_label("Paste entries").fill(text)
        if text == HAND_WRITTEN:
            page.get_by_label("Format").select_option("markdown")
        follow(button(page, "Preview"))

    def save():
        follow(button(page, "Save what is ticked"))
        expect(page.get_by_text("Import more")).to_be_visible()

    paste(PREPRINT)
    save()
    paste(PUBLISHED)
    # What is to become of each field, the old value and the new one.
    shown = page.locator("dd", has_text="2022").first
    expect(shown.locator("del")).to_contain_text("2021")
    expect(shown.locator("ins")).to_contain_text("2022")
    save()
    paste(HAND_WRITTEN)
    expect(page.get_by_text("line 4: title and authors could not be told apart")).to_be_visible()
    save()
    paste(HALLS)
    save()

    assert sorted(Publication.objects.values_list("title", "year", "doi", "arxiv_id")) == [
        ("A Study of Walls", 2022, "10.1000/walls", "2101.00001"),
        ("Halls", None, "", ""),
        ("What Walls Say", 2020, "", ""),
    ]
