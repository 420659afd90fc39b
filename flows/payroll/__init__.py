"""The payroll workbook for finance, from the ledger alone."""
