"""Appeals and acknowledgements: acts of employees on a report they were given, as entries of the journal."""
