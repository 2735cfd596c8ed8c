"""CSL-JSON, what Zotero, pandoc and the registries of DOIs exchange.

A list of items with the variables of CSL (schema 1.0.2,
https://github.com/citation-style-language/schema/blob/v1.0.2/schemas/input/csl-data.json). What
CSL has no variable for, labels of links, awards and whether a paper is a selected one, stands in
an item's `custom`, which the schema keeps free. It carries no marks of authors, no printed forms
of their names and no headings.
"""
