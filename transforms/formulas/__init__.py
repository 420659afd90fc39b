"""The language of money formulas: a whitelisted tree. Reading a formula computes nothing and runs nothing."""
