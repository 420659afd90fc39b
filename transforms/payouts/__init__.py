"""Money: what a scheme pays each person and how its pools are shared, every number with its trace."""
