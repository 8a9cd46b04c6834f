"""A private, offline self-help workbook in the terminal."""

__version__ = "0.1.0"
