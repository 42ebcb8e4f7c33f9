"""*What it means*: treatments, categories, order, and which file is whose translation."""
