"""Pages that a site puts together from parts."""

from homepage.academicpages.includes import Parts, origin


def whole(text, files, path="_pages/about.md"):
    return Parts(files.get, files.__contains__).whole(text, path)


def test_parts_stand_in_their_places_and_their_lines_are_known():
    files = {"_pages/includes/news.md": "# News\n- one\n- two", "_includes/end.md": "The end"}
    text = "Hello\n{% include_relative includes/news.md %}\nMiddle\n{% include end.md %} of it\n"

    found, places = whole(text, files)

    assert found == "Hello\n# News\n- one\n- two\nMiddle\nThe end of it\n"
    assert [origin(places, line) for line in (1, 3, 5, 6)] == [
        ("_pages/about.md", 1),
        ("_pages/includes/news.md", 2),
        ("_pages/about.md", 3),
        ("_includes/end.md", 1),
    ]


def test_the_header_of_a_part_is_none_of_the_page():
    files = {"_pages/a.md": "---\ntitle: A\n---\nText"}

    found, places = whole("{% include_relative a.md %}", files)

    assert (found, origin(places, 1)) == ("Text", ("_pages/a.md", 4))


def test_a_part_in_a_comment_stays_out_of_it():
    text = "<!-- {% include_relative a.md %} -->"

    assert whole(text, {"_pages/a.md": "x --> y"}) == (text, [])


def test_parts_that_hold_themselves_come_to_an_end():
    files = {
        "_pages/a.md": "a {% include_relative b.md %}",
        "_pages/b.md": "b {% include_relative a.md %}",
    }

    assert whole("{% include_relative a.md %}", files)[0].startswith("a b {% include_relative")


def test_the_programs_of_a_theme_are_no_parts():
    files = {
        "_includes/toc.html": "{% for p in site.pages %}x{% endfor %}",
        "_includes/b.html": "<p>",
    }
    text = "{% include toc.html %} {% include b.html %} {% include gone.md %}"

    assert whole(text, files) == (text, [])


def test_of_many_parts_that_hold_many_not_all_are_put_in():
    inner = "{% include_relative b.md %}" * 100
    files = {"_pages/a.md": inner, "_pages/b.md": "x" * 1000}

    assert len(whole("{% include_relative a.md %}" * 100, files)[0]) < 500_000


def test_two_parts_on_one_line_leave_the_places_in_order():
    files = {"_pages/a.md": "a\nb", "_pages/b.md": "c\nd"}

    text, places = whole("{% include_relative a.md %}{% include_relative b.md %}\nend", files)

    assert text == "a\nbc\nd\nend"
    assert [origin(places, line)[0][7:] for line in range(1, 5)] == [
        "a.md",
        "b.md",
        "b.md",
        "about.md",
    ]
