"""Reports: sections make blocks, blocks HTML, HTML a PDF. Nothing here sees a database."""
