"""The filled example workbooks against the published texts they come from."""
