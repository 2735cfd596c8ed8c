r"""RIS, as reference managers and publishers write it.

Lines `TAG  - value`, an entry from `TY` to `ER`
(https://web.archive.org/web/20120526103719/http://refman.com/support/risformat_intro.asp).
It carries no labels of links, no marks of authors and no status; an award travels as a note
that begins with "Award:".
"""
