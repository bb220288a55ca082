"""Parts of the record that ``tests.world`` fills, one file for each part of the program."""
