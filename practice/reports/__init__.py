"""Reports: sections make blocks, blocks make HTML, HTML makes a PDF; no database is seen here."""
