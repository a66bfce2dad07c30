"""Benchmarks: the measures behind the figures this project states about itself."""

import os

# One thread for linear algebra, set before numpy is loaded: on a busy machine OpenBLAS threads
# wait for each other by spinning, which made the fair bound four times slower, not faster.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
