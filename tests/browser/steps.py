"""Steps on a page: each waits until the page has done what it was asked for.

A browser answers when it likes. What is read right after a click may still be the page before:
whoever follows a link or saves a form does it by `follow`, and reads by `expect`, which looks
again until it is so.
"""

try:
    from playwright.sync_api import expect
except ImportError:  # the fixture `browser` says so
    expect = None
else:
    expect.set_options(timeout=30_000)  # a slow machine is no error

PASSWORD = "a long password"
WIDTH_TOO_MUCH = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL_TARGETS = """
[...document.querySelectorAll("#content :is(button, input, select, summary, .submit-row a)")]
  .filter((e) => e.type !== "hidden" && !e.matches(".select2-hidden-accessible, .visually-hidden"))
  .filter((e) => !e.closest(".select2, .empty-form"))
  .map((e) => [e, e.getBoundingClientRect()])
  .filter(([e, box]) => box.width && (box.width < 24 || box.height < 24))
  .map(([e, box]) => `${e.outerHTML.slice(0, 80)} ${box.width}x${box.height}`)
"""
PREVIEWS_ARE_THERE = """
[...document.querySelectorAll(".markdownx")]
  .every((e) => !e.querySelector("textarea").value || e.querySelector(".markdownx-preview > *")) &&
[...document.querySelectorAll("#entry-preview")]
  .every((e) => e.contentDocument?.querySelector("#entry > *"))
"""


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def follow(link_or_button):
    """Click on what leads to another page; return when that one has loaded, its scripts too."""
    with link_or_button.page.expect_navigation():
        link_or_button.click()


def save(page, name="Save"):
    """Press a button of the form; return when the page has loaded that says it is saved."""
    follow(button(page, name))
    expect(page.locator(".messagelist .success")).to_be_visible()


def settle(page):
    """Let the scripts of a page that has loaded do what they have put off until the next turn."""
    page.evaluate("new Promise((done) => setTimeout(done))")


def rest(page):
    """Return when the previews of a page show what the server has said of it."""
    expect_value(page, PREVIEWS_ARE_THERE, True)


def expect_value(page, script, value):
    """Wait until a script gives a value; as a function, for the site's policy forbids `eval`."""
    page.wait_for_function(f"(value) => ({script}) === value", arg=value)


def in_other_colors(page, **media):
    """Show a page in other colours, as in the dark, with no transition still under way."""
    page.emulate_media(**media)
    page.evaluate("document.getAnimations().forEach((each) => each.finish())")


def resize(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    expect_value(page, "innerWidth", width)
