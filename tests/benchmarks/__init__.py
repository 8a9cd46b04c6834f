"""Side-by-side measurements; never a pass or fail on a time."""
