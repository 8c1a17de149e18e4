"""Benchmarks of speed and memory, printed as ratios within one run. `python -m benchmarks` lists them."""
