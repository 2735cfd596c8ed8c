"""Leaving with everything, and coming back: a folder that people, Jekyll and this site read.

What people and Jekyll read are Markdown pages and a file of BibTeX. Beside them the rows stand
as data, so that an import of the folder gives the same site again.
"""
