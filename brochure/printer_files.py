"""Printers read from `printers/<name>.toml`: the clinic's own first, then those of the package."""
