"""Loads `bench` before any test here loads numpy: it limits linear algebra to one thread."""

import bench as bench
