"""*What it looks like*: HTML and CSS for one language and one edition."""
