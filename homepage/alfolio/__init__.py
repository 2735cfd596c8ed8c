"""Reads what users of al-folio have, beside what all sites made for Jekyll have in common."""
