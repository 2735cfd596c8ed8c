import pytest

from homepage.academicpages.leftovers import (
    is_example_page,
    is_of_nobody,
    is_of_template,
    without_examples,
)


@pytest.mark.parametrize(
    "text",
    [
        "Paper Title Number 1",
        "This paper is about the number 2. The number 3 is left for future work.",
        "Your Name, You. (2009). &quot;Paper Title Number 1.&quot; <i>Journal 1</i>. 1(1).",
        "Talk 1 on Relevant Topic in Your Field",
        "UC San Francisco, Department of Testing",
        "Short description of portfolio item number 1<br/><img src='/images/500x300.png'>",
        "http://academicpages.github.io/files/paper1.pdf",
        "[More information here](http://exampleurl.com)",
        "* Ph.D in Version Control Theory, GitHub University, 2018 (expected)",
        "A project with a background image",
        "Many people use a git client to create files on their local computer and push them.",
        "More info about configuring academicpages can be found in [the guide](https://e.org/).",
        "Every project has a beautiful feature showcase page.\nIt's easy to include images.",
    ],
)
def test_what_the_templates_say_is_recognised(text):
    assert is_of_template(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "On the number 1",
        "This paper is about rooms.",
        "Journal of Rooms 1",
        "A talk on a relevant topic",
        "[More information here](https://rooms.example.org/)",
        "Download paper here",
        "I studied at the University of Git",
        "Project Gutenberg",
    ],
)
def test_what_people_say_is_not(text):
    assert not is_of_template(text)


def test_a_person_of_the_template_is_nobody():
    assert is_of_nobody("Red Brick University")
    assert is_of_nobody("https://scholar.google.com/citations?user=PS_CX0AAAAAJ")
    assert not is_of_nobody("Brick Lane University")


def test_examples_are_blanked_with_their_headings_and_lines_stay():
    text = "# Mine\n\nMy words.\n\n# Education\n\n* GitHub University\n\n# Skills\n\n* Skill 1\n* Weaving\n"

    left, found = without_examples(text)

    assert left.split("\n") == [
        "# Mine", "", "My words.", "", "", "", "", "", "# Skills", "", "", "* Weaving", "",
    ]  # fmt: skip
    assert [line for line, _ in found] == [7, 5, 11]


def test_pages_that_show_how_the_template_works_are_known():
    assert is_example_page("This is a page not in th emain menu.".replace("th emain", "the main"))
    assert is_example_page(
        "## Privacy\n\nThis Privacy Policy outlines the types of personal information that is "
        "received and collected and how it is used."
    )
    assert not is_example_page("My page is in the menu.")
