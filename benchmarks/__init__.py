"""Speed and memory, run by hand and printed as ratios: `python -m benchmarks` lists what there is."""
