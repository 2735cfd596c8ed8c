"""What machines read on the pages of publications: made of records, each kind in a file.

Nothing is claimed that a record does not say: what is unknown is left out, not guessed, and a
paper that is only submitted has not appeared anywhere.
"""
