"""*What is printed*: layout, and the finished bytes of each edition."""
