import pytest
from hypothesis import given
from hypothesis import strategies as st

from homepage.academicpages.liquid import cut_loops, resolved

VALUES = {"site.author.name": "Jane Doe", "page.title": "Talks"}
PIECES = [
    "{% for a in site.talks %}", "{% endfor %}", "{% if x %}", "{% endif %}", "{{ site.url }}", "text\n",
    "{% bibliography %}", "{% assign a = site.b %}", "{{ 'x' | relative_url }}", "{%", "%}", "{{", "}}",
    "{% include figure.html path=\"a.png\" %}",
]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{{ site.url }}{{ site.baseurl }}/a.png", "/a.png"),
        ("{{ base_path }}/files/a.pdf", "/files/a.pdf"),
        ("{{ '/a b.pdf' | relative_url }}", "/a b.pdf"),
        ('{{ "/a.pdf" | prepend: site.baseurl }}', "/a.pdf"),
        ("I am {{ site.author.name }}.", "I am Jane Doe."),
        ("{{ page.title | escape }}", "Talks"),
        ("{{ site.unknown }}", "{{ site.unknown }}"),
        ("{{ 'a' | upcase }}", "{{ 'a' | upcase }}"),
        (
            '{% include figure.liquid path="a.jpg" title="A cat" width="50%" %}',
            '<img src="/a.jpg" alt="A cat">',
        ),
        (
            '{% include figure image_path="a.jpg" alt="A" caption="Of *cats*" %}',
            '<img src="/a.jpg" alt="A"> Of *cats*',
        ),
        ("{% link _pages/cv.md %}", "/cv/"),
        ("{% link _pages/none.md %}", "{% link _pages/none.md %}"),
    ],
)
def test_what_is_known_is_filled_in(source, shown):
    assert resolved(source, VALUES.get, {"_pages/cv.md": "/cv/"}.get) == shown


def test_lists_are_cut_out_with_what_they_go_through_and_their_conditions():
    text = (
        "One\n{% assign all = site.talks | sort: 'date' %}{% assign mine = all | reverse %}\n"
        "<ul>{% for post in mine %}\n{% for x in y %}{% endfor %}"
        "{% if post.type == 'Talk' or post.kind == \"Poster\" %}<li>{{ post.title }}</li>{% endif %}\n"
        "{% endfor %}</ul>\nTwo {% bibliography -q @*[year=2020]* %}"
    )

    left, (talks, papers) = cut_loops(text)

    assert left.count("\n") == text.count("\n")
    assert "post.title" not in left
    assert (talks.line, talks.collections) == (2, {"talks"})
    assert talks.conditions == {("type", "Talk"), ("kind", "Poster")}
    assert (papers.line, papers.collections) == (5, {"bibliography"})


def test_filter_by_where_is_a_condition():
    _, (loop,) = cut_loops("{% for p in site.a | where: 'kind', 'x' %}{% endfor %}")

    assert loop.conditions == {("kind", "x")}


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=15).map("".join))
def test_lines_stay_whatever_stands_in_them(text):
    assert resolved(text, lambda name: "x").count("\n") == text.count("\n")
    assert cut_loops(text)[0].count("\n") == text.count("\n")
