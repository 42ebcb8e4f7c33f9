"""*What leaves the house*: artefacts, their manifest, atomic writes."""
