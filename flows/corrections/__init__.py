"""Corrections at the shell: entering them, applying them to the facts of a snapshot, showing them."""
