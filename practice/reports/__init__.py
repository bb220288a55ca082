"""Reports: sections make blocks, blocks make HTML, HTML makes a PDF. Nothing here sees a database."""
