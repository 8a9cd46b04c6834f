"""One go at a form: which questions there are, the asking, and the person's earlier words."""
