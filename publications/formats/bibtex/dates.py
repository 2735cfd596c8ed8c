"""Dates: `year`, `month` and `day`, and biblatex's `date`; and the words that stand there."""

from __future__ import annotations

import re

from .values import Values

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
WHOLE = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?![\d-])", re.ASCII)
YEAR = re.compile(r"(?<!\d)(?:1[0-9]|20|21)\d\d(?!\d)", re.ASCII)
MONTH = re.compile(
    r"(?:(?P<before>\d{1,2})[\s.,]*)?(?P<name>[A-Za-z]{3,9})\.?(?:[\s,]*(?P<after>\d{1,2}))?",
    re.ASCII,
)
NAME = re.compile(
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?",
    re.I,
)
STATUS = {
    "submitted": "submitted",
    "under review": "submitted",
    "in submission": "submitted",
    "accepted": "accepted",
    "forthcoming": "accepted",
    "to appear": "to-appear",
    "in press": "to-appear",
    "inpress": "to-appear",
}
# biblatex's values of `pubstate`, and words for those who know it not.
PUBSTATE = {"submitted": "submitted", "accepted": "forthcoming", "to-appear": "inpress"}
WORDS = {"submitted": "Submitted", "accepted": "Accepted", "to-appear": "To appear"}
RANGE = re.compile(r"((?:1[0-9]|20|21)\d\d)\s*[/–—-]+\s*\d{2,4}", re.ASCII)


def read_date(values: Values) -> dict[str, int | str | None]:
    """Take year, month, day and status; what says more than these is kept as well."""
    found: dict[str, int | str | None] = {"year": None, "month": None, "day": None}
    found["status"] = take_status(values, "pubstate")
    _read_date_field(values, found)
    _read_year(values, found)
    _read_month(values, found)
    _read_day(values, found)
    return found


def take_status(values: Values, name: str, known: str = "") -> str:
    """Take a field that holds nothing but a status, such as “in press”, and return it.

    One that says another than is `known` stays.
    """
    status = STATUS.get(" ".join(values.text_of(name).strip(" .()").lower().split()), "")
    if not status or known not in ("", status):
        return known
    values.take(name, column="status")
    return status


def _read_date_field(values, found):
    source = values.fields.get("date", "").strip()
    match = DATE.match(source)
    if not match:
        return
    year, month, day = (int(part) if part else None for part in match.groups())
    # Months above 20 are seasons.
    if month is None or 1 <= month <= 12:
        found |= {"year": year, "month": month, "day": day if day and day <= 31 else None}
    else:
        found["year"] = year
    values.use("date", "year")
    if DATE.fullmatch(source) and found["month"] == month and found["day"] == day:
        values.take("date", column="year")


def _read_year(values, found):
    text = values.text_of("year").strip()
    years = RANGE.findall(text) or YEAR.findall(text)
    if text.isascii() and text.isdigit() and len(text) == 4 and int(text) >= 1000:
        if found["year"] in (None, int(text)):
            found["year"] = int(values.take("year", column="year").strip(" {}"))
    elif text and not found["status"] and (status := take_status(values, "year")):
        found["status"] = status
    elif text and found["year"] is None and len(years) == 1:
        found["year"] = int(years[0])
    elif text:
        values.say(f"“{text[:60]}” is no year, so it is only kept; give a year such as 2024")


def _read_month(values, found):
    text = values.text_of("month").strip(" .,")
    if not text:
        return
    if match := WHOLE.match(text):
        # Some programs put the whole date there.
        year, month, day = map(int, match.groups())
        is_whole = year == found["year"] and 1 <= month <= 12 and 1 <= day <= 31
        month = month if is_whole else found["month"]
        day = day if is_whole else found["day"]
    else:
        month, day, is_whole = _month(text)
    if month is None:
        values.say(f"“{text[:60]}” is no month, so it is only kept; give one such as jun")
    elif found["month"] in (None, month) and found["day"] in (None, day, day or found["day"]):
        found["month"], found["day"] = month, day or found["day"]
        if is_whole:
            values.take("month", column="month")


def _read_day(values, found):
    text = values.text_of("day").strip()
    if found["month"] and found["day"] is None and re.fullmatch(r"0?[1-9]|[12]\d|3[01]", text):
        values.take("day", column="day")
        found["day"] = int(text)


def _month(text) -> tuple[int | None, int | None, bool]:
    """Return (month, day, whether that is all); of a range its first month."""
    if text.isascii() and text.isdigit():
        number = int(text[:4])
        return (number, None, True) if 1 <= number <= 12 else (None, None, False)
    first = re.split(r"\s*[-–—/&]+\s*", text)[0].strip(" .")
    match = MONTH.fullmatch(first)
    if not match or not NAME.fullmatch(match["name"]):
        return None, None, False
    day = int(match["before"] or match["after"] or 0)
    is_day = 1 <= day <= 31 and not (match["before"] and match["after"])
    whole = first == text.strip(" .") and (is_day or day == 0)
    return MONTHS.index(match["name"][:3].lower()) + 1, day if is_day and whole else None, whole
