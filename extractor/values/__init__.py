"""Readings of strings: str → value. Pure, without offsets or rules; shared by all fact types."""
