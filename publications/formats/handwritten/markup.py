"""What a Jekyll page holds that its reader never saw: comments, scripts, styles, Liquid.

It is blanked, not cut, so that line numbers stay those of the file; code keeps everything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from publications.records import Problem

FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
# What begins something invisible, and what ends it. A code span comes first: it hides the rest.
CODE_SPAN = r"(?<!`)(?P<ticks>`+)(?!`)(?:[^\n]|\n(?![ \t]*\n)){1,1000}?(?<!`)(?P=ticks)(?!`)"
TOKEN = re.compile(
    rf"(?P<code>{CODE_SPAN})"
    r"|(?P<comment><!--)"
    r"|(?P<element><(?P<tag>script|style)\b[^<>]{0,500}>)"
    r"|(?P<hidden>\{%-?\s*(?P<block>comment|capture)\b[ \t]*(?P<name>\w*)[^%\n]*%\})"
    r"|(?P<liquid>\{%(?:[^%{}]|%(?!\})){0,500}%\}|\{\{[^{}]{0,500}\}\})"
    r"|(?P<attributes>(?<!\\)\{:[^{}\n]{0,500}\}|(?<=[ \t])\{#[\w:.-]+\})",
    re.I,
)

CLOSINGS = {
    "<!--": re.compile("-->"),
    "script": re.compile(r"</script\b[^<>]*>", re.I),
    "style": re.compile(r"</style\b[^<>]*>", re.I),
    "comment": re.compile(r"\{%-?\s*endcomment\s*-?%\}", re.I),
    "capture": re.compile(r"\{%-?\s*endcapture\s*-?%\}", re.I),
}


@dataclass(frozen=True)
class Visible:
    """A page's text with the invisible parts blanked, and a word on each."""

    text: str
    left_out: tuple[Problem, ...] = ()


def strip_invisible(text: str) -> Visible:
    """Blank comments, Liquid tags and kramdown attribute lists outside code."""
    stripper = _Stripper(text)
    for start, end in outside_fences(text):
        stripper.strip(start, end)
    return stripper.result()


def outside_fences(text):
    """Yield the spans between fenced code blocks."""
    start = offset = 0
    fence = ""
    for line in text.splitlines(keepends=True):
        match = FENCE.match(line)
        if match and not fence:
            yield start, offset
            fence = match[1]
        elif match and match[1].startswith(fence) and not line.strip().strip(fence[0]):
            fence = ""
            start = offset + len(line)
        offset += len(line)
    if not fence:
        yield start, offset


class _Stripper:
    def __init__(self, text):
        self.text = text
        self.position = 0
        self.line = 1
        self.parts: list[str] = []
        self.left_out: list[Problem] = []
        self.unclosed: set[str] = set()  # nothing of this kind ends from here on

    def strip(self, start, end):
        """Blank what is invisible between two places; what comes before is kept."""
        self._keep(start)
        while self.position < end:
            match = TOKEN.search(self.text, self.position, end)
            if match is None:
                break
            if match["code"]:
                self._keep(match.end())
                continue
            self._keep(match.start())
            close = self._close(match, end)
            if close is None:
                self._note(f"{match[0][:7]} is never closed; what follows is kept")
                self.position = match.end()
            else:
                self._blank(close)
        self._keep(end)

    def result(self):
        self._keep(len(self.text))
        return Visible("".join(self.parts), tuple(self.left_out))

    def _keep(self, end):
        kept = self.text[self.position : end]
        self.parts.append(kept)
        self.line += kept.count("\n")
        self.position = end

    def _blank(self, end):
        hidden = self.text[self.position : end]
        self._note(f"left out: {_excerpt(hidden)}")
        self.parts.append("\n" * hidden.count("\n"))
        self.line += hidden.count("\n")
        self.position = end

    def _note(self, message):
        self.left_out.append(Problem(self.line, message))

    def _close(self, match, end):
        """Return where the invisible part ends; None if it never does."""
        kind = "<!--" if match["comment"] else (match["tag"] or match["block"] or "").lower()
        if kind not in CLOSINGS or (kind == "capture" and self._is_shown(match["name"])):
            return match.end()
        # “<!-->” is a whole comment: its end may overlap its beginning.
        start = match.end() - 2 if match["comment"] else match.end()
        found = None if kind in self.unclosed else CLOSINGS[kind].search(self.text, start, end)
        if found is None:
            self.unclosed.add(kind)
            return None
        return found.end()

    def _is_shown(self, name):
        """Return whether a captured text is shown somewhere, by itself or through an include."""
        return bool(re.search(rf"\{{\{{-?\s*{name}\b|(?<![=!<>])=\s*{name}\b", self.text))


def _excerpt(hidden):
    text = " ".join(hidden.split())
    return text if len(text) <= 60 else text[:57] + "…"
