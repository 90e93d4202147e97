"""Outputs: the files of a run on disk, and the record of how they were made.

Nothing is loaded here: a county begins with locks and headlines, without the stages of a run.
"""
