"""The tests of docgen."""
