"""From a catalogue to a finished file: one module a product."""
