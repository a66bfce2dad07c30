"""What the rows of a file can be: each kind reads a row, writes a part, and takes a row back."""
