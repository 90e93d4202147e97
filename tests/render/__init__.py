"""Tests of the render engine."""
