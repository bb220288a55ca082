"""What each part of the program puts into the full record, with its marked words."""
