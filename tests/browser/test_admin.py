"""The admin as its owner uses it, in a real browser under the site's own policy."""

import io
import re

import pytest
from django.urls import reverse
from PIL import Image

from homepage.common.markdown import render
from publications.models import ImportRun, Publication
from tests.browser.steps import (
    SMALL_TARGETS,
    WIDTH_TOO_MUCH,
    button,
    expect,
    follow,
    rest,
    save,
    settle,
)
from tests.factories import (
    make_news,
    make_profile,
    make_publication,
    make_section,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AUTHORS = [
    "Mingqing Xiao", "Shuxin Zheng", "Chang Liu", "Yaolong Wang", "Di He", "Guolin Ke",
    "Jiang Bian", "Tie-Yan Liu",
]  # fmt: skip
LINKS = [
    ("paper", "https://example.org/paper"),
    ("arxiv", "https://arxiv.org/abs/2005.05650"),
    ("code", "https://github.com/jane/code"),
    ("slides", "/slides/"),
]
TEXT = "# Title\n\n**Bold**, $x^2$\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n- one\n- two"


def paper_form(paper):
    return reverse("admin:publications_publication_change", args=[paper.pk])


def expect_names(page, names):
    expect(page.locator(".people .who > :first-child")).to_have_text(names)


def test_a_paper_is_added_in_one_form_and_seen_on_the_page(log_in):
    make_section("Publications", shows="publications")
    page = log_in(reverse("admin:publications_publication_add"))

    page.get_by_label("Title:").fill("Invertible Image Rescaling")
    page.get_by_label("Authors:", exact=True).fill(
        "Mingqing Xiao*, Shuxin Zheng*, Chang Liu†, et al."
    )
    page.get_by_label("Venue:", exact=True).fill("International Journal of Computer Vision (IJCV)")
    page.get_by_label("Year:").fill("2022")
    for number, (label, address) in enumerate(LINKS):
        page.locator(f"#id_links-{number}-label").fill(label)
        page.locator(f"#id_links-{number}-url").fill(address)
    save(page, "Save and continue editing")

    expect_names(page, ["Mingqing Xiao", "Shuxin Zheng", "Chang Liu"])
    button(page, "Move down: Mingqing Xiao").click()
    expect_names(page, ["Shuxin Zheng", "Mingqing Xiao", "Chang Liu"])
    save(page, "Save and continue editing")
    follow(page.get_by_role("link", name="View on site"))

    expect(page).to_have_url("/publications/invertible-image-rescaling/")
    text = page.locator("main").inner_text()
    assert text.index("Shuxin Zheng") < text.index("Mingqing Xiao") < text.index("Chang Liu")
    assert "International Journal of Computer Vision (IJCV)" in text
    for label, address in LINKS:
        assert page.locator("main").get_by_role("link", name=label).get_attribute("href") == address


def test_every_page_has_the_same_head(log_in):
    page = log_in()
    heights = set()
    for name in ("index", "publications_publication_import", "publications_author_changelist"):
        page.goto(reverse(f"admin:{name}"))
        heights.add(page.locator("#header").bounding_box()["height"])

    assert len(heights) == 1


def test_without_script_the_numbers_order_the_links_and_the_line_the_authors(log_in):
    paper = make_publication(authors=AUTHORS[:3], links=LINKS[:3])
    page = log_in(paper_form(paper), java_script_enabled=False)

    page.locator("#id_links-2-position").fill("0")
    page.get_by_label("Authors:", exact=True).fill(", ".join([AUTHORS[2], *AUTHORS[:2]]))
    save(page)

    assert [str(row) for row in paper.authorships.all()] == [AUTHORS[2], *AUTHORS[:2]]
    assert [link.label for link in paper.links.all()] == ["code", "paper", "arxiv"]


def test_the_list_of_sections_is_ordered_by_buttons(log_in):
    first, second = make_section("First", position=1), make_section("Second", position=2)
    page = log_in(reverse("admin:homepage_section_changelist"))

    button(page, "Move down: First").click()
    save(page)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (second.position, first.position) == (1, 2)


def test_the_form_of_a_paper_fits_a_phone(log_in):
    paper = make_publication(authors=AUTHORS, links=LINKS, doubts="Perhaps not.", source="x " * 200)
    page = log_in(paper_form(paper), width=360)
    for fieldset in page.locator("#publication_form summary").all():
        fieldset.click()
    rest(page)

    assert page.evaluate(WIDTH_TOO_MUCH) == 0
    assert page.evaluate(SMALL_TARGETS) == []
    page.goto(reverse("admin:publications_publication_add"))
    assert page.evaluate(WIDTH_TOO_MUCH) == 0


def open_editor(log_in):
    section = make_section(body="Text")
    return log_in(reverse("admin:homepage_section_change", args=[section.pk]))


def test_an_answer_that_comes_late_does_not_replace_a_newer_preview(log_in):
    page = open_editor(log_in)
    preview, held = page.locator(".markdownx-preview"), []
    address = f"**{reverse('markdown-preview')}*"

    page.route(address, lambda route: route.continue_() if held else held.append(route))
    with page.expect_request(address):
        page.reload()
    page.get_by_label("Text:").fill("Newer")
    expect(preview).to_have_text("Newer")
    held[0].fulfill(body="Late")
    settle(page)

    assert preview.inner_text().strip() == "Newer"


def test_the_preview_is_what_the_page_shows(log_in):
    page = open_editor(log_in)

    page.get_by_label("Text:").fill(TEXT)
    expect(page.locator(".markdownx-preview table")).to_be_visible()

    shown = page.locator(".markdownx-preview").inner_html()
    page.set_content(f"<div id='page'>{render(TEXT)}</div>")
    assert shown == page.locator("#page").inner_html()


def test_what_is_typed_into_the_editor_runs_nothing(log_in):
    page = open_editor(log_in)

    page.get_by_label("Text:").fill(
        "<img src=/favicon.svg onload='window.hit=1'><script>window.hit=1</script>!"
    )
    expect(page.locator(".markdownx-preview")).to_contain_text("!")

    assert page.evaluate("window.hit") is None


def test_tab_leaves_the_editor(log_in):
    page = log_in(reverse("admin:homepage_section_add"))
    editor = page.get_by_label("Text:")

    editor.fill("text")
    page.keyboard.press("Tab")

    expect(editor).not_to_be_focused()
    expect(editor).to_have_value("text")


def test_a_picture_is_chosen_stored_and_shown(log_in, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    picture = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(picture, "PNG")
    page = open_editor(log_in)

    page.get_by_label("Add a picture:").set_input_files(
        {"name": "photo.png", "mimeType": "image/png", "buffer": picture.getvalue()}
    )
    image = page.locator(".markdownx-preview img")

    expect(image).to_have_js_property("naturalWidth", 30)
    expect(image).to_have_attribute("src", re.compile("^/media/uploads/"))


def test_every_page_of_the_admin_keeps_to_the_policy(log_in):
    """The console of a browser names each violation, and `visit` fails on any error there."""
    paper = make_publication(authors=AUTHORS[:2], links=LINKS[:1], venue="Neural Networks (NN)")
    rows = [
        paper, paper.venue, paper.authorships.first().author, make_section(body=TEXT),
        make_profile(links=[("github", "jane")]), make_news(),
        ImportRun.objects.create(source="about.md", report="9 papers"),
    ]  # fmt: skip
    make_publication(category="Journal Papers", topics=["Spikes"])
    second = Publication.objects.latest("id")
    rows += [second.category, second.topics.first()]
    page = log_in()

    addresses = ["", "password_change/", "password_change/done/", "publications/"]
    for row in rows:
        base = f"{row._meta.app_label}/{row._meta.model_name}/"
        addresses += [base, f"{base}{row.pk}/change/"]
        if not isinstance(row, ImportRun):
            addresses.append(f"{base}add/")
    addresses += [
        f"publications/publication/{paper.pk}/delete/",
        f"publications/publication/{paper.pk}/history/",
        f"publications/topic/{second.topics.first().pk}/delete/",
        "auth/user/", "auth/user/add/", "redirects/redirect/", "redirects/redirect/add/",
    ]  # fmt: skip
    for address in addresses:
        if address.endswith("profile/add/"):
            continue  # there is one, and no second
        response = page.goto(f"/admin/{address}")
        assert response.status == 200, address
        rest(page)

    page.goto(paper_form(second))
    page.get_by_text("Abstract and topics").click()
    page.locator(".field-topics").get_by_role("combobox").click()
    expect(page.locator(".select2-results__option", has_text="Spikes")).to_be_visible()


def test_who_is_locked_out_reads_why(browser, live_server):
    # Not by `visit`: the browser reports the 429 that is wanted here as an error.
    page = browser.new_page(base_url=live_server.url, viewport={"width": 360, "height": 700})
    page.goto("/admin/login/")
    for _ in range(5):
        page.get_by_label("Username:").fill("owner")
        page.get_by_label("Password:").fill("wrong")
        follow(button(page, "Log in"))

    expect(page.get_by_text("Please try again in 15 minutes.")).to_be_visible()
    assert page.evaluate(WIDTH_TOO_MUCH) == 0
    page.close()
