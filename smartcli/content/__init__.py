"""What exercises/ holds, read and checked: exercises, helplines, offers."""
