"""Revisions at the shell: what would change, what changed and why, whether a revision still comes out the same."""
