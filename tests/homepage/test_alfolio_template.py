"""What comes with al-folio, and layouts of its pages that hold the owner's words in their headers."""

from io import StringIO

import pytest
from django.core.management import call_command

from homepage.academicpages.leftovers import is_of_nobody, is_of_template
from homepage.models import Section
from profiles.models import Profile

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def write(tmp_path):
    folder = tmp_path / "site"

    def made(path, text):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
        return folder

    made("_config.yml", "first_name: Jane\nlast_name: Doe\nurl: https://jane.example.org\n")
    return made


def run(folder):
    out = StringIO()
    call_command("import_site", folder, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "project 3 with very long name",
        "To give your project a background in the portfolio page, just add the img tag to the front matter like so:",
        "Caption photos easily. On the left, a road goes through a tunnel.",
        "This image can also have a caption. It's like magic.",
        "This is a description of the page. You can modify it in '_pages/cv.md'. You can also change or remove the top pdf download button.",
        "members of the lab or group",
        "Course materials, schedules, and resources for classes taught.",
        "This page displays a collection of courses with detailed schedules, materials, and resources. You can organize your courses by years, terms, or topics.",
        "Books that I am reading, have read, or will read",
    ],
)  # fmt: skip
def test_what_al_folio_says_is_recognised(text):
    assert is_of_template(text)


@pytest.mark.parametrize(
    "text", ["You R. Name", "qc6CJjYAAAAJ", "1010907", "https://www.alberteinstein.com/"]
)
def test_whom_al_folio_names_is_nobody(text):
    assert is_of_nobody(text)


def test_owner_of_the_template_is_nobody_and_the_home_page_names_the_owner(write):
    write("_config.yml", "first_name: You\nmiddle_name: R.\nlast_name: Name\n")
    write(
        "_data/socials.yml",
        "scholar_userid: qc6CJjYAAAAJ\ninspirehep_id: 1010907\ngithub_username: jane\n",
    )
    run(write("_pages/about.md", "---\ntitle: Jane Q. Doe\npermalink: /\n---\nI study rooms.\n"))

    profile = Profile.objects.get()
    assert profile.name == "Jane Q. Doe"
    assert [link.url for link in profile.links.all()] == ["https://github.com/jane"]


def test_an_address_of_e_mail_is_no_place(write):
    header = "profile:\n  more_info: >\n    <p>📍 Room 12</p>\n    <p>email: jane⚫doe@a⚫org</p>\n"
    write("_config.yml", "first_name: Jane\nlast_name: Doe\nemail: jane.doe@a.org\n")
    run(write("_pages/about.md", f"---\npermalink: /\n{header}---\nI study rooms.\n"))

    profile = Profile.objects.get()
    assert (profile.location, profile.email) == ("Room 12", "jane.doe@a.org")
    assert "⚫" in Section.objects.get().body


def test_people_of_a_page_of_profiles_stand_on_it(write):
    write("_pages/about.md", "---\npermalink: /\n---\nI study rooms.\n")
    write("_pages/about_john.md", "John Roe measures walls.\n")
    run(
        write(
            "_pages/people.md",
            "---\nlayout: profiles\ntitle: people\npermalink: /people/\nnav: true\nprofiles:\n"
            "  - image: john.png\n    content: about_john.md\n    more_info: <p>Room 14</p>\n---\n",
        )
    )

    body = Section.objects.get(title="People").body
    assert "John Roe measures walls." in body
    assert "Room 14" in body


def test_a_shelf_lists_its_books_and_a_page_of_courses_its_courses(write):
    write("_pages/about.md", "---\npermalink: /\n---\nI study rooms.\n")
    write("_books/latin.md", "---\ntitle: Latin\nstars: 5\n---\n\nLorem ipsum dolor sit amet.\n")
    write("_books/walls.md", "---\ntitle: Walls\nauthor: John Roe\nstars: 4\n---\nOn walls.\n")
    write(
        "_teachings/rooms.md",
        "---\ntitle: Rooms I\ninstructor: Jane Doe\nterm: Fall\nyear: 2023\n"
        "schedule:\n  - week: 1\n    topic: Doors\n    description: How they open\n---\n",
    )
    write(
        "_pages/books.md",
        "---\nlayout: book-shelf\ntitle: bookshelf\npermalink: /books/\nnav: true\ncollection: books\n---\n",
    )
    run(
        write(
            "_pages/teaching.md",
            "---\ntitle: teaching\npermalink: /teaching/\nnav: true\n---\n{% include courses.liquid %}\n",
        )
    )

    books, courses = (Section.objects.get(slug=slug).body for slug in ("books", "teaching"))
    assert "Walls" in books
    assert "John Roe" in books
    assert "On walls." in books
    assert "Latin" not in books
    for words in ("Rooms I", "Jane Doe", "Fall", "2023", "Doors", "How they open"):
        assert words in courses


def test_the_page_for_the_lost_does_not_come_along(write):
    write("404.html", "---\npermalink: /404.html\n---\n<h1>Lost?</h1>\n")
    report = run(write("_pages/about.md", "---\npermalink: /\n---\nI study rooms.\n"))

    assert "404" not in [section.slug for section in Section.objects.all()]
    assert "404.html: left out: this site has a page of its own for the lost" in report


def test_tags_of_liquid_are_told_of_once_a_page(write):
    body = (
        "{% assign a = 1 %}\n{% assign b = 2 %}\n<!-- remark -->\nI study rooms.\n{% include x %}\n"
    )
    report = run(write("_pages/about.md", f"---\npermalink: /\n---\n{body}"))

    assert "_pages/about.md, lines 4–8: left out: 3 Liquid tags, 1 comment" in report
    assert "assign" not in report


def test_a_cv_may_begin_like_a_document_of_yaml(write):
    write("_pages/about.md", "---\npermalink: /\n---\nI study rooms.\n")
    write("_data/cv.yml", "# My CV\n---\n- title: Education\n  contents: [School of Rooms]\n")
    run(write("_pages/cv.md", "---\nlayout: cv\ntitle: cv\npermalink: /cv/\nnav: true\n---\n"))

    assert "School of Rooms" in Section.objects.get(slug="cv").body


def test_people_of_a_data_file_or_a_collection_stand_where_a_page_lists_them(write):
    write("_pages/about.md", "---\npermalink: /\n---\nI study rooms.\n")
    write("_data/team.yml", "- name: John Roe\n  info:\tPost doc\n  photo: john.png\n")
    write("_people/ann.md", "---\nname: Ann Poe\nrole: Student\ncategory: B\n---\nLikes doors.\n")
    write("_people/zoe.md", "---\nname: Zoe Low\ncategory: A\n---\nLikes walls.\n")
    loops = "".join(
        f"{{% for one in site.{name} %}}{{{{ one.name }}}}{{% endfor %}}\n"
        for name in ("data.team", "people")
    )
    header = "title: team\npermalink: /team/\nnav: true\ndisplay_categories: [A, B]"
    run(write("_pages/team.md", f"---\n{header}\n---\n{loops}"))

    body = Section.objects.get(slug="team").body
    assert "**John Roe**, Post doc" in body
    assert body.index("Zoe Low") < body.index("## Ann Poe")
    assert "ann.md" not in body


def test_a_group_has_the_title_of_its_site_for_a_name(write):
    write("_config.yml", "title: Room Lab\nscholar:\n  bibliography: papers\n")
    run(write("_pages/about.md", "---\ntitle: about\npermalink: /\n---\nWe study rooms.\n"))

    assert Profile.objects.get().name == "Room Lab"
