"""From a file to its entries: each read by itself, mended where the fault is plain, or reported."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from homepage.common.progress import job
from publications.records import Problem

from .entry import Entry
from .parser import Macros, Parsed, depth, parse
from .repairs import repair, swallowing
from .splitter import Chunk, before_entries, chunks, remarks

# A line in an abstract may look like the beginning of an entry.
MOST_JOINED = 3
MOST_REPAIRS = 20
# Characters parsed again to mend one entry.
MOST_REPAIRED = 500_000
# Entries in one @comment{...}.
MOST_COMMENTED = 30
LONGEST_SHOWN = 80

NO_KEY = re.compile(r"@[ \t]*[A-Za-z]\w*\s*[{(]\s*(?:,|[A-Za-z][\w-]*\s*=)")
ENTRY = re.compile(r"@[ \t]*[A-Za-z]\w*[ \t]*[{(]")
BRACE = re.compile(r"[{}]")


def read_entries(
    text: str,
    problems: list[Problem],
    *,
    max_entries: int | None = None,
    max_depth: int | None = None,
) -> list[Entry]:
    """Return the entries of a file in order; every fault becomes a problem with its line."""
    problems += remarks(before_entries(text), 1)
    reader = _Reader(Macros.for_text(text), problems, max_depth)
    waiting = chunks(text)[::-1]
    with job("Reading", len(waiting)) as advance:
        while waiting:
            if max_entries is not None and reader.tried >= max_entries:
                say = f"only the first {max_entries} entries are read; import the rest by itself"
                problems.append(Problem(waiting[-1].line, say))
                break
            count = len(waiting)
            reader.read(waiting)
            advance(count - len(waiting))
    return reader.entries


class _Reader:
    def __init__(self, macros, problems, max_depth):
        self.macros = macros
        self.problems = problems
        self.max_depth = max_depth
        self.entries: list[Entry] = []
        self.written_key = ""
        self.repairs: list[Problem] = []
        # The text as it is written; repairs are made before its last characters only.
        self.source = ""
        # How many entries were met, good or bad.
        self.tried = 0

    def read(self, waiting: list[Chunk]) -> None:
        """Read what the last waiting chunk begins with, which may take some of the next."""
        chunk = waiting.pop()
        self.written_key, self.repairs = "", []
        if re.match(r"@[ \t]*comment\b", chunk.text, re.I):
            self._skip_comment(chunk, waiting)
            return
        self.source = chunk.text
        chunk, parsed = self._parsed(chunk, waiting)
        self.tried += parsed.type not in ("string", "preamble")
        self._report(chunk, parsed)
        line = _line(chunk, parsed.end)
        self.problems += remarks(chunk.text[parsed.end :], line)

    def _parsed(self, chunk, waiting) -> tuple[Chunk, Parsed]:
        """Return the chunk, mended where need be, and what the parser says of it."""
        parsed = self._parse(chunk)
        if parsed.open_field and (joined := self._joined(chunk, waiting)):
            return joined
        for _ in range(min(MOST_REPAIRS, MOST_REPAIRED // (len(chunk.text) + 1))):
            found = repair(chunk.text, parsed)
            again = found and self._parse(replace(chunk, text=found.text))
            if found is None or (again.error and not parsed.error):
                break
            if not again.error and (name := swallowing(again)):
                # No repair: some value above takes in what was mended.
                if parsed.open_field == name:
                    break
                parsed.open_field = name
                continue
            self.written_key = found.key or self.written_key
            line = _line(chunk, found.at)
            key = "" if found.key else (parsed.key or "")[:LONGEST_SHOWN]
            problem = Problem(line, found.message, key)
            if problem not in self.repairs:  # one brace after the other: it is said once
                self.repairs.append(problem)
            chunk, parsed = replace(chunk, text=found.text), again
        return chunk, parsed

    def _parse(self, chunk):
        return parse(chunk.text, self.macros, keyless=NO_KEY.match(chunk.text) is not None)

    def _joined(self, chunk, waiting):
        """Return the chunk with those after it if only together they are an entry."""
        text = chunk.text
        for count, following in enumerate(waiting[: -MOST_JOINED - 1 : -1], 1):
            text += following.text
            longer = replace(chunk, text=text)
            parsed = self._parse(longer)
            if not parsed.error and "{" not in (parsed.key or ""):
                del waiting[-count:]
                self.source = text
                return longer, parsed
        return None

    def _report(self, chunk, parsed):
        key = (parsed.key or "")[:LONGEST_SHOWN]
        if parsed.error:
            self.problems.append(Problem(chunk.line, _why(chunk, parsed), key))
            return
        self.problems += self.repairs
        for name in dict.fromkeys(parsed.undefined):
            say = f"“{name}” is no macro that @string defines; the word itself is read"
            self.problems.append(Problem(chunk.line, say, key))
        if not parsed.is_expanded:
            say = "the macros of @string give more text than can be meant; they are not filled in"
            self.problems.append(Problem(chunk.line, say, key))
        if self.max_depth is not None and depth(chunk.text[: parsed.end]) > self.max_depth:
            say = f"its braces are nested deeper than {self.max_depth} levels, so it is left out"
            self.problems.append(Problem(chunk.line, say, key))
        elif parsed.type not in ("string", "preamble", "comment"):
            self._add(chunk, parsed)

    def _add(self, chunk, parsed):
        fields: dict[str, str] = {}
        again = []
        for written, value in parsed.fields:
            name = written.lower()
            if name not in fields:
                fields[name] = value
            elif name == "keywords":
                # ScienceDirect gives each a field of its own.
                fields[name] = _joined_keywords(fields[name], value)
            elif fields[name] != value:
                again.append((name, value))
                say = f"“{name}” stands twice in this entry; the first one counts"
                self.problems.append(Problem(chunk.line, say, parsed.key or ""))
        text = self.source[: len(self.source) - len(chunk.text) + parsed.end]
        self.entries.append(
            Entry(
                type=parsed.type,
                key=parsed.key or "",
                fields=fields,
                line=chunk.line,
                text=text,
                again=tuple(again),
                written_key=self.written_key,
            )
        )

    def _skip_comment(self, chunk, waiting):
        """Pass over a comment up to its closing brace, or its own chunk if it has none."""
        level, count = _level(chunk.text, 0), 0
        while level > 0 and count < min(len(waiting), MOST_COMMENTED):
            count += 1
            level = _level(waiting[-count].text, level)
        passed = [chunk, *(waiting[-1 : -count - 1 : -1] if level <= 0 else [])]
        if level <= 0 and count:
            del waiting[-count:]
        if sum(len(ENTRY.findall(one.text)) for one in passed) > 1:
            say = "what stands in this @comment is left out; take it out of the comment to read it"
            self.problems.append(Problem(chunk.line, say))


def _joined_keywords(first, value):
    known = [word.strip() for word in first.split(",")]
    return first if value.strip() in known else f"{first}, {value.strip()}"


def _level(text, level):
    """Return how many braces are open behind a text, 0 once all were closed."""
    for match in BRACE.finditer(text):
        level += 1 if match[0] == "{" else -1
        if level <= 0:
            return 0
    return level


def _line(chunk, position):
    return chunk.line + chunk.text.count("\n", 0, position)


def _why(chunk, parsed):
    if "nested" in parsed.error:
        return "its braces are nested too deep, so it is left out"
    if name := parsed.open_field:
        return (
            f"the entry is left out: the value of “{name}” does not end where it should; "
            "count its braces and quotes"
        )
    near = " ".join(chunk.text[parsed.error_at : parsed.error_at + 40].split())
    if not near:
        return "the entry is left out, for it does not end; write a } at its end"
    return (
        f"the entry is left out, for it cannot be read from “{near}” in line "
        f"{_line(chunk, parsed.error_at)} on; look for a missing comma, or a brace too many"
    )


def by_key(entries: Sequence[Entry]) -> dict[str, Entry]:
    """Return the first entry of each key, capitals aside, as BibTeX finds them."""
    found: dict[str, Entry] = {}
    for entry in entries:
        if entry.key:
            found.setdefault(entry.key.lower(), entry)
    return found
