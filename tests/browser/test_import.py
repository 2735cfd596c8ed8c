"""Import in the admin as its owner uses it, in a real browser under the site's own policy."""

import pytest
from django.contrib.auth import get_user_model

from publications.models import Publication
from tests.factories import make_publication

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

IMPORT = "/admin/publications/publication/import/"
PASSWORD = "a long password"
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
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL_TARGETS = """
[...document.querySelectorAll("#content :is(button, input, select, summary, .submit-row a)")]
  .filter((e) => e.type !== "hidden")
  .map((e) => [e, e.getBoundingClientRect()])
  .filter(([e, box]) => box.width && (box.width < 24 || box.height < 24))
  .map(([e]) => e.outerHTML.slice(0, 80))
"""


@pytest.fixture
def log_in(visit):
    """Return a function that opens a page of the admin as the owner."""
    get_user_model().objects.create_superuser("owner", password=PASSWORD)

    def open_page(path, **options):
        page = visit(f"/admin/login/?next={path}", **options)
        page.get_by_label("Username:").fill("owner")
        page.get_by_label("Password:").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url(f"**{path}")
        return page

    return open_page


def test_a_paste_and_two_clicks_without_script(log_in):
    page = log_in(IMPORT, java_script_enabled=False)
    page.get_by_label("Paste entries").fill(ENTRIES)

    page.get_by_role("button", name="Preview").click()
    page.get_by_label("Swimming").uncheck()
    page.get_by_role("button", name="Save what is ticked").click()

    page.get_by_text("Imported: 2 added.").wait_for()
    assert Publication.objects.count() == 2
    page.get_by_role("link", name="Undo this import").click()
    page.get_by_role("button", name="Undo the import").click()
    page.get_by_text("2 removed").wait_for()
    assert not Publication.objects.exists()


def test_a_chosen_file_is_mended_in_the_page_and_read_again(log_in):
    page = log_in(IMPORT)
    file = {"name": "refs.ris", "mimeType": "text/plain", "buffer": ENTRIES.encode()}
    page.get_by_label("or choose a file").set_input_files(file)
    page.get_by_role("button", name="Preview").click()

    page.get_by_text("The text, to mend and read again").click()
    editor = page.get_by_label("Paste entries")
    editor.fill(editor.input_value().replace("Running", "Flying"))
    page.get_by_role("button", name="Preview again").click()

    page.get_by_label("Flying").wait_for()
    assert not Publication.objects.exists()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_fits_a_phone_and_reads_well(log_in, violations, scheme):
    make_publication(
        "Running", kind="article", year=2018, authors=["Jane Doe"], arxiv_id="1801.00001"
    )
    make_publication("Old", doi="10.1234/walk", authors=["Jane Doe"], pages="10-90")
    # axe tries styles on the page, which the policy would rightly refuse.
    page = log_in(IMPORT, width=360, color_scheme=scheme, bypass_csp=True)

    def check():
        assert page.evaluate(WIDE) == 0
        assert page.evaluate(SMALL_TARGETS) == []
        assert violations(page) == []

    check()
    page.get_by_label("Paste entries").fill(ENTRIES)
    page.get_by_role("button", name="Preview").click()
    page.get_by_text("This looks like the published version").wait_for()
    for summary in page.locator("#content summary").all():
        summary.click()
    check()
    page.get_by_role("button", name="Save what is ticked").click()
    page.get_by_text("Import more").wait_for()
    check()
    page.get_by_role("link", name="Undo this import").click()
    page.get_by_role("button", name="Undo the import").wait_for()
    check()


PREPRINT = "@misc{walls, title = {A Study of Walls}, author = {Doe, Jane}, year = 2021, eprint = {2101.00001}, archiveprefix = {arXiv}}"
PUBLISHED = "@inproceedings{walls22, title = {A Study of Walls}, author = {Doe, Jane}, booktitle = {ICML}, year = 2022, doi = {10.1000/walls}}"
HAND_WRITTEN = "- **What Walls Say**\n  Jane Doe, John Roe\n  *The Daily Wall*, 2020\n- lost\n"
HALLS = '[{"type": "article-journal", "title": "Halls", "author": [{"given": "Jane", "family": "Doe"}]}]'


def test_formats_one_after_the_other_make_one_paper_of_each_work(log_in):
    page = log_in(IMPORT)

    def paste(text):
        page.goto(page.url.split("/admin/")[0] + IMPORT)
        page.get_by_label("Paste entries").fill(text)
        if text == HAND_WRITTEN:
            page.get_by_label("Format").select_option("markdown")
        page.get_by_role("button", name="Preview").click()

    def save():
        page.get_by_role("button", name="Save what is ticked").click()
        page.get_by_text("Import more").wait_for()

    paste(PREPRINT)
    save()
    paste(PUBLISHED)
    # What is to become of each field, the old value and the new one.
    shown = page.locator("dd", has_text="2022").first
    assert "2021" in shown.locator("del").inner_text()
    assert "2022" in shown.locator("ins").inner_text()
    save()
    paste(HAND_WRITTEN)
    page.get_by_text("line 4: title and authors could not be told apart").wait_for()
    save()
    paste(HALLS)
    save()

    assert sorted(Publication.objects.values_list("title", "year", "doi", "arxiv_id")) == [
        ("A Study of Walls", 2022, "10.1000/walls", "2101.00001"),
        ("Halls", None, "", ""),
        ("What Walls Say", 2020, "", ""),
    ]
