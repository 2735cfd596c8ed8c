import pytest

from tests.browser.steps import WIDTH_TOO_MUCH, expect, in_other_colors, resize
from tests.factories import (
    make_author,
    make_category,
    make_news,
    make_profile,
    make_publication,
    make_section,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = """
I study **spikes** with [friends](https://example.org/).

| Course | Year | Students | Room with a long name | Remark | Another column |
| --- | --- | --: | --- | --- | --- |
| Learning | 2020 | 120 | ABC-123 | none | Donaudampfschifffahrtsgesellschaft |

```python
print("a line of code that is much longer than any telephone is wide, and goes on and on")
```

https://example.org/a-very-very-very-very-very-very-very-very-very-very-very-very-long-address

$$a_1 + a_2 + a_3 + a_4 + a_5 + a_6 + a_7 + a_8 + a_9 + a_{10} + a_{11} + a_{12} + a_{13}$$

### Students

- One[^1]

[^1]: A footnote.
"""


@pytest.fixture
def pages(live_server):
    """Fill the site with what is hard to set; returns the addresses to look at."""
    make_profile(
        native_name="肖明庆",
        headline="Ph.D. student",
        affiliation="Peking University",
        affiliation_url="https://www.pku.edu.cn/",
        location="Beijing, China",
        email="jane@example.org",
        links=[("google-scholar", "https://a.example/"), ("github", "https://b.example/")],
    )
    owner = make_author("Mingqing Xiao", is_owner=True)
    make_section("ABOUT ME", body=TEXT)
    make_section("Publications", shows="publications", position=1)
    make_section("News", shows="news", position=2)
    service = make_section("Academic Service", place="page", body=TEXT, position=3)
    for number in range(10):
        make_news(f"News *{number}*")
    paper = make_publication(
        "Learning in $O(n)$ time with Pneumonoultramicroscopicsilicovolcanoconiosisandmorewords",
        authors=[
            (owner, {"marks": "*", "equal_contribution": True}),
            ("Di He", {"marks": "*", "equal_contribution": True}),
            *(f"Author Number{n}" for n in range(30)),
            make_author("Ada Lovelace", url="https://ada.example/"),
        ],
        category=make_category("Journal Papers", intro="Read by peers."),
        venue="International Journal of Computer Vision (IJCV)",
        award="Spotlight, Top 3%",
        note="With an appendix",
        abstract=TEXT,
        doi="10.1007/s11263-022-01688-4",
        arxiv_id="2210.04188",
        links=[("arxiv", "https://arxiv.org/abs/2210.04188"), ("code", "https://c.example/")],
    )
    make_publication("مقدمة في التعلم", authors=["محمد علي", "Jane Doe"], language="ar")
    make_publication("Doubted", doubts="?", source=f"**Source** text\n{TEXT}")
    return [
        "/",
        "/publications/",
        "/publications/?q=learning&kind=article-journal",
        "/publications/?q=nothing",
        "/news/",
        paper.get_absolute_url(),
        service.get_absolute_url(),
    ]


def test_every_page_is_accessible_in_all_colors_and_on_a_phone(visit, violations, pages):
    page = visit()
    found = []

    for path in pages:
        page.goto(path)
        found += [(path, *each) for each in violations(page)]
        in_other_colors(page, color_scheme="dark")
        found += [(path, "dark", *each) for each in violations(page, "color-contrast")]
        in_other_colors(page, color_scheme="light", forced_colors="active")
        found += [(path, "forced", *each) for each in violations(page, "color-contrast")]
        in_other_colors(page, forced_colors="none")
        resize(page, 320)
        found += [(path, "320", *each) for each in violations(page)]
        resize(page, 1280)

    assert found == []


def test_no_page_is_wider_than_the_window(visit, pages):
    page = visit()

    for path in pages:
        page.goto(path)
        for width in (320, 360, 768, 1440):
            resize(page, width)
            assert page.evaluate(WIDTH_TOO_MUCH) <= 0, (path, width)


def test_text_can_be_spaced_out_and_enlarged_without_loss(visit, pages):
    """WCAG 1.4.12 and 1.4.4: spacing by the reader, and text twice as large."""
    page = visit(width=640, bypass_csp=True)

    for path in pages:
        page.goto(path)
        page.add_style_tag(
            content="* { line-height: 1.5 !important; letter-spacing: .12em !important;"
            " word-spacing: .16em !important } html { font-size: 200% !important }"
        )
        assert page.evaluate(WIDTH_TOO_MUCH) <= 0, path


def test_lines_have_a_readable_length(visit, pages):
    """45 to 75 characters on a wide screen."""
    page = visit("/", width=1440)

    width = page.evaluate(
        """() => {
            const paragraph = document.querySelector('main p');
            const probe = document.createElement('span');
            probe.textContent = 'the quick brown fox jumps over a lazy dog and runs on ';
            paragraph.append(probe);
            probe.style.whiteSpace = 'nowrap';
            const character = probe.getBoundingClientRect().width / probe.textContent.length;
            return paragraph.parentElement.getBoundingClientRect().width / character;
        }"""
    )

    assert 45 <= width <= 75


def test_the_page_is_whole_without_scripts(visit, pages):
    page = visit("/", java_script_enabled=False)

    expect(page.locator("h1")).to_have_text("Mingqing Xiao")
    expect(page.locator(".title")).to_have_count(2)


def test_the_home_page_takes_at_most_five_requests(visit, pages):
    page = visit("/")
    requests = []
    page.on("request", lambda request: requests.append(request.url))

    page.reload()

    assert 2 <= len(requests) <= 5


def test_the_first_stop_of_the_keyboard_leads_past_the_side(visit, pages):
    page = visit("/")

    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    expect(focused).to_have_text("Skip to the content")
    expect(focused).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page).to_have_url("/#main")
    page.keyboard.press("Tab")

    expect(page.locator("main :focus")).to_have_count(1)


def test_what_has_the_focus_shows_it(visit, pages):
    page = visit("/")
    stops = page.locator("a:visible, summary:visible").count()

    for _ in range(min(stops, 25)):
        page.keyboard.press("Tab")
        style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert style != "none", page.evaluate("document.activeElement.outerHTML")


def test_a_printed_page_is_black_with_addresses_and_all_names(visit, pages):
    page = visit("/", color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")

    expect(page.locator("body")).to_have_css("color", "rgb(0, 0, 0)")
    expect(page.locator("nav")).to_be_hidden()
    side, main = page.locator("header").bounding_box(), page.locator("main").bounding_box()
    assert side["y"] + side["height"] <= main["y"]
    link = page.locator(".links a").first
    assert link.evaluate(
        "e => getComputedStyle(e).display + getComputedStyle(e).borderTopWidth"
    ) == ("inline0px")
    expect(page.locator("button, .links summary").first).to_be_hidden()
    after = "getComputedStyle(document.querySelector('.links a'), '::after').content"
    assert "arxiv.org/abs/2210.04188" in page.evaluate(after)


def test_a_folded_author_list_opens_with_the_keyboard(visit, pages):
    page = visit("/")
    folded = page.locator(".authors details a").first
    expect(folded).to_be_hidden()

    page.locator(".authors summary").focus()
    page.keyboard.press("Enter")

    expect(folded).to_be_visible()
