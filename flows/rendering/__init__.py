"""From view models to HTML and PDF."""
