"""What the entries show: pure functions from entries to numbers. Nothing is drawn here, nothing read or written.

They know measures, never an exercise's name, so a person's own exercises count too. Every result says how many
entries are behind it, and below a stated minimum it holds no number. What happened together is said to have
happened together; nothing here says that one thing was the cause of another.
"""
