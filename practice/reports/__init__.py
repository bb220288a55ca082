"""Reports: sections, blocks, pictures, HTML and PDF. No database and no session belongs here.

What a report may say reaches it as frozen values, already filtered for its readers.
"""
