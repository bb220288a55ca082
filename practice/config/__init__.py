"""Settings and keys, read once at start and frozen. No Flask, no database."""
