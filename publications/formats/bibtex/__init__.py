r"""BibTeX and BibLaTeX, as people, journals and reference managers write them.

An entry that cannot be read costs that entry only. Fields without a column are kept verbatim
in `extra`, and are written again. The language is that of BibTeX (https://ctan.org/pkg/bibtex),
the fields are also those of biblatex (https://ctan.org/pkg/biblatex) and of al-folio.

What BibTeX has no field for does not travel: category, position, the words before the authors,
the venue and the last author, and who the owner is. Marks of authors and names as printed travel
in annotations (`author+an`), links with their labels in `links`, a type that BibTeX's own styles
do not know in `entrysubtype`. A kept field that bibtex or biber would warn of is written as
`kept-…`.
"""
