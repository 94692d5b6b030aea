"""The form: its fields, its file, and the pages it is on."""
