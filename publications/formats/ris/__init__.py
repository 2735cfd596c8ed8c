r"""RIS, as reference managers and publishers write it.

Lines `TAG  - value`, an entry from `TY` to `ER`
(https://web.archive.org/web/20120526103719/http://refman.com/support/risformat_intro.asp).
It carries no labels of links, no marks of authors, no status, no headings and nothing on which
papers are selected: its custom tags become notes in the programs that read them. An award travels
as a note that begins with "Award:".
"""
