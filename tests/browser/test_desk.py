"""The editor's desk as its owner uses it: with mouse, keyboard and finger, at a desk and on a phone."""

import io
import json

import pytest
from django.urls import reverse
from PIL import Image

from homepage.models import Section
from publications.models import Publication, Topic
from tests.browser.steps import (
    SMALL_TARGETS,
    WIDTH_TOO_MUCH,
    button,
    expect,
    follow,
    in_other_colors,
    resize,
    rest,
    save,
    settle,
)
from tests.browser.test_admin import expect_names, paper_form
from tests.factories import (
    make_author,
    make_news,
    make_profile,
    make_publication,
    make_section,
    make_venue,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADD = "admin:publications_publication_add"
ENTRY = """@article{xiao2022invertible,
  title = {Invertible Image Rescaling},
  author = {Xiao, Mingqing and Zheng, Shuxin and Lui, Chang},
  journal = {International Journal of Computer Vision},
  year = 2022,
  keywords = {rescaling, /unread}
}
"""
AUTHORS = ["Mingqing Xiao", "Shuxin Zheng", "Chang Liu"]


class Clicks:
    """Counts what a person presses; typing and pasting are no clicks."""

    def __init__(self, page):
        self.page = page
        self.count = 0

    def __call__(self, role, name):
        self.count += 1
        self.page.get_by_role(role, name=name, exact=True).click()

    def follow(self, role, name):
        self.count += 1
        follow(self.page.get_by_role(role, name=name, exact=True))


def paste(page, text):
    """Paste into what has the focus, as Control-V does; a real clipboard needs permission."""
    page.evaluate(
        """text => {
          const target = document.activeElement;
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", text);
          target.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
          target.value += text;
        }""",
        text,
    )


def picture():
    data = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(data, "PNG")
    return {"name": "photo.png", "mimeType": "image/png", "buffer": data.getvalue()}


def preview(page):
    return page.frame_locator("#entry-preview")


@pytest.mark.parametrize("width", [1280, 360])
def test_a_pasted_entry_is_corrected_saved_and_seen_and_the_about_text_gets_a_picture(
    log_in, settings, tmp_path, width
):
    settings.MEDIA_ROOT = tmp_path
    make_profile()
    make_author("Mingqing Xiao", is_owner=True)
    make_author("Chang Liu")
    Topic.objects.create(name="Rescaling")
    make_section("Publications", shows="publications")
    make_section("About me", position=1, body="I study *spiking networks*.")
    page = log_in(width=width)
    click = Clicks(page)

    click.follow("link", "Paste BibTeX")
    expect(page.locator("#paste-text")).to_be_focused()
    paste(page, ENTRY)
    expect(page.get_by_text("Nothing is saved yet.")).to_be_visible()
    expect(page.get_by_text("Did you mean Chang Liu?")).to_be_visible()
    click("button", "Chang Liu")
    expect(preview(page).get_by_text("Mingqing Xiao, Shuxin Zheng, Chang Liu")).to_be_visible()
    assert page.evaluate(WIDTH_TOO_MUCH) == 0
    click.follow("button", "Save")
    expect(page.get_by_text("was added successfully")).to_be_visible()
    assert click.count <= 6

    paper = Publication.objects.get()
    assert [str(row.author) for row in paper.authorships.all()] == AUTHORS
    assert [topic.name for topic in paper.topics.all()] == ["Rescaling"]
    page.goto("/")
    expect(page.get_by_role("link", name="Invertible Image Rescaling")).to_be_visible()
    expect(page.locator("main strong", has_text="Mingqing Xiao")).to_be_visible()

    page.goto("/admin/")
    follow(page.get_by_role("link", name="Edit the about text"))
    rest(page)
    page.get_by_label("Add a picture:").set_input_files(picture())
    expect(page.locator(".markdownx-preview img")).to_be_visible()
    assert page.evaluate(WIDTH_TOO_MUCH) == 0
    save(page)
    page.goto("/")
    expect(page.locator("main img[src^='/media/uploads/']")).to_have_count(1)

    about = reverse("admin:homepage_section_change", args=[Section.objects.get(position=1).pk])
    page.goto(about)
    page.get_by_label("Text:").fill("I study *other things*.")
    page.get_by_label("Visibility:").select_option("draft")
    follow(button(page, "Save and preview"))
    expect(page.get_by_text("Preview. Visitors")).to_be_visible()
    expect(page.get_by_text("other things")).to_be_visible()
    page.goto("/")
    expect(page.get_by_text("other things")).to_have_count(0)

    page.goto(about)
    page.get_by_label("Visibility:").select_option("public")
    save(page)
    page.goto("/")
    expect(page.get_by_text("other things")).to_be_visible()

    page.goto(about.replace("change", "history"))
    follow(page.locator(".states a").last)
    follow(button(page, "Bring this state back"))
    expect(page.get_by_text("is as it was")).to_be_visible()
    page.goto("/")
    expect(page.get_by_text("spiking networks")).to_be_visible()
    expect(page.get_by_text("other things")).to_have_count(0)


def test_the_keyboard_alone_pastes_corrects_and_saves(log_in):
    make_author("Chang Liu")
    page = log_in()
    page.goto(f"{reverse(ADD)}#paste-text")
    keyboard = page.keyboard

    def tab_to(label):
        for _ in range(40):
            name = page.evaluate(
                "document.activeElement.ariaLabel || document.activeElement.labels?.[0]?.textContent"
                " || document.activeElement.value || document.activeElement.textContent"
            )
            if name and name.strip().startswith(label):
                return
            keyboard.press("Tab")
        raise AssertionError(f"Tab does not reach {label}")

    tab_to("BibTeX")
    keyboard.insert_text(ENTRY)
    keyboard.press("Control+Enter")
    expect(page.get_by_text("Nothing is saved yet.")).to_be_visible()
    expect(page.locator("#id_title")).to_be_focused()
    expect(preview(page).get_by_text("Shuxin Zheng")).to_be_visible()
    tab_to("Move Chang Lui")
    keyboard.press("ArrowUp")
    keyboard.press("ArrowUp")
    expect_names(page, ["Chang Lui", "Mingqing Xiao", "Shuxin Zheng"])
    expect(page.get_by_label("Move Chang Lui", exact=True)).to_be_focused()
    expect(page.locator("#row-moved")).to_have_text("Chang Lui: 1 of 3")
    tab_to("Chang Lui: equal")
    keyboard.press("Space")
    tab_to("Move down: Chang Lui")
    keyboard.press("Enter")
    tab_to("Venue:")
    tab_to("Save")
    keyboard.press("Enter")
    expect(page.get_by_text("was added successfully")).to_be_visible()

    rows = Publication.objects.get().authorships.all()
    assert [(str(row), row.equal_contribution) for row in rows] == [
        ("Mingqing Xiao", False),
        ("Chang Lui", True),
        ("Shuxin Zheng", False),
    ]


def drag(page, grip, target, *, by_touch=False):
    """Drag a handle onto another thing, by mouse or with a finger."""
    grip.scroll_into_view_if_needed()
    start, end = grip.bounding_box(), target.bounding_box()
    x, y = start["x"] + start["width"] / 2, start["y"] + start["height"] / 2
    goal = end["y"] + end["height"] * 0.75
    if not by_touch:
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x, (y + goal) / 2)
        page.mouse.move(x, goal, steps=4)
        page.mouse.up()
        return
    session = page.context.new_cdp_session(page)

    def send(kind, at=None):
        points = [] if at is None else [{"x": x, "y": at}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    send("touchStart", y)
    for step in range(1, 6):
        send("touchMove", y + (goal - y) * step / 5)
    send("touchEnd")


@pytest.mark.parametrize("by_touch", [False, True], ids=["mouse", "touch"])
def test_authors_are_dragged_into_their_order(log_in, by_touch):
    paper = make_publication(authors=[("Mingqing Xiao", {"marks": "*"}), *AUTHORS[1:]])
    page = log_in(paper_form(paper), width=360 if by_touch else 1280, has_touch=by_touch)
    rest(page)

    grip = page.get_by_role("button", name="Move Mingqing Xiao")
    drag(page, grip, page.locator(".people li").nth(1), by_touch=by_touch)

    expect_names(page, ["Shuxin Zheng", "Mingqing Xiao", "Chang Liu"])
    line = page.get_by_label("Authors:", exact=True)
    expect(line).to_have_value("Shuxin Zheng, Mingqing Xiao*, Chang Liu")
    expect(preview(page).get_by_text("Shuxin Zheng, Mingqing Xiao")).to_be_visible()


def test_links_are_dragged_and_named_after_their_addresses(log_in):
    links = [("one", "https://example.org/1"), ("two", "https://example.org/2")]
    paper = make_publication(links=links)
    page = log_in(paper_form(paper))
    page.locator("#id_links-2-url").fill("https://github.com/jane/code")
    page.get_by_label("Title:").click()
    expect(preview(page).get_by_role("link", name="code")).to_be_visible()

    drag(page, page.locator("#links-0 .grip"), page.locator("#links-1"))
    expect(page.locator("#id_links-0-position")).to_have_value("2")
    save(page)

    assert [link.label for link in paper.links.all()] == ["two", "one", "code"]


def test_what_was_filled_in_is_taken_back(log_in):
    Topic.objects.create(name="Rescaling")
    page = log_in(reverse(ADD))
    page.get_by_label("Title:").fill("My own title")
    page.locator("#paste-text").fill(ENTRY)
    page.get_by_role("button", name="Fill in the form").click()
    expect(page.get_by_text("Nothing is saved yet.")).to_be_visible()
    expect(page.get_by_label("Title:")).to_have_value("Invertible Image Rescaling")
    expect(page.locator("#id_topics option:checked")).to_have_text(["Rescaling"])

    page.get_by_role("button", name="Take it back").click()

    expect(page.get_by_label("Title:")).to_have_value("My own title")
    expect(page.get_by_label("Authors:", exact=True)).to_have_value("")
    expect(page.locator("#id_topics option:checked")).to_have_count(0)
    expect(preview(page).get_by_text("My own title")).to_be_visible()


def test_many_pasted_entries_are_looked_through_together(log_in):
    page = log_in(reverse(ADD))
    records = [{"type": "book", "title": title} for title in ("A first book", "A second book")]
    page.locator("#paste-text").fill(json.dumps(records))
    page.get_by_role("button", name="Fill in the form").click()

    follow(page.get_by_role("button", name="Look through all 2"))

    expect(page.get_by_role("heading", name="Save these publications?")).to_be_visible()
    expect(page.get_by_label("A second book")).to_be_checked()


def test_the_preview_shows_the_entry_and_runs_nothing(log_in):
    make_venue("Neural Networks", "NN")
    page = log_in(reverse(ADD))

    page.get_by_label("Title:").fill("<img src=/favicon.svg onload='parent.hit=1'> in $x^2$")
    expect(preview(page).locator("math")).to_be_visible()
    page.get_by_label("Venue:", exact=True).fill("neural networks")
    page.get_by_role("button", name="Neural Networks (NN)").click()
    expect(page.get_by_text("Known, with 0 papers.")).to_be_visible()

    assert page.evaluate("window.hit") is None


def test_a_form_that_only_looked_at_itself_has_not_changed(log_in):
    paper = make_publication(authors=AUTHORS, links=[("code", "https://example.org/")])
    page = log_in(paper_form(paper))
    rest(page)
    settle(page)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    follow(page.get_by_role("link", name="Authors", exact=True))

    assert page.url.endswith("/author/")
    assert asked == []


def merge_page(*rows, name="rows"):
    address = reverse(f"admin:publications_{rows[0]._meta.model_name}_merge")
    return f"{address}?{name}={','.join(str(row.pk) for row in rows)}"


def pages():
    """Make rows, and return the addresses of the pages of the desk."""
    paper = make_publication(
        authors=AUTHORS, links=[("code", "https://example.org/")], doubts="Perhaps not.",
        source="x " * 200, venue="Neural Networks (NN)", topics=["Spikes"],
        category="Journal Papers",
    )  # fmt: skip
    other = make_publication(
        authors=["Di He"], venue="Networks", topics=["Spiking"], category="Articles"
    )
    make_profile(links=[("github", "jane")])
    section, news = make_section(body="Text"), make_news()
    return [
        "/admin/",
        reverse(ADD),
        paper_form(paper),
        reverse("admin:publications_publication_changelist"),
        reverse("admin:publications_author_changelist"),
        reverse("admin:publications_author_change", args=[paper.authors.first().pk]),
        reverse("admin:homepage_section_change", args=[section.pk]),
        reverse("admin:profiles_newsitem_change", args=[news.pk]),
        reverse("admin:profiles_profile_change", args=[1]),
        reverse("admin:auth_user_add"),
        reverse("admin:homepage_section_changelist"),
        reverse("admin:homepage_section_history", args=[section.pk]),
        reverse("admin:homepage_section_deleted"),
        reverse("admin:homepage_linkcheck_changelist"),
        reverse("admin:publications_publication_check", args=[paper.pk]),
        reverse("admin:publications_publication_import"),
        merge_page(paper, other, name="papers"),
        merge_page(paper.authors.first(), other.authors.first(), name="authors"),
        merge_page(paper.venue, other.venue),
        merge_page(paper.category, other.category),
        merge_page(paper.topics.first(), other.topics.first()),
        reverse("admin:redirects_redirect_add"),
    ]


def unfold(page):
    for summary in page.locator("#content-main fieldset summary").all():
        summary.click()


def test_axe_finds_nothing_wrong_with_the_desk_which_fits_a_phone(log_in, violations):
    addresses = pages()
    # axe tries styles on the page, which the policy would rightly refuse.
    page = log_in(bypass_csp=True)
    found = []

    for address in addresses:
        page.goto(address)
        rest(page)
        unfold(page)
        found += [(address, *each) for each in violations(page)]
        in_other_colors(page, color_scheme="dark")
        found += [(address, "dark", *each) for each in violations(page, "color-contrast")]
        in_other_colors(page, color_scheme="light")
        resize(page, 360)
        found += [(address, "small", each) for each in page.evaluate(SMALL_TARGETS)]
        if page.evaluate(WIDTH_TOO_MUCH):
            found.append((address, "wider than a phone"))
        resize(page, 1280)

    assert found == []
