"""What to put on a page; how it looks is a renderer's matter."""
