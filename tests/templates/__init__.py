"""The templates as drawn."""
