"""`evenhand explain`: the receipt of one lead in words, and why not somebody else."""
