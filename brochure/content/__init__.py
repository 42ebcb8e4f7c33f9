"""*What the clinic wrote*: content files as read, with line and column."""
