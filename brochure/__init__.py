"""Turn a clinic's own web content into printed brochures, in every language it serves."""

__version__ = "0.1.0"
