"""One file per questionnaire, named by its key, with the constant ``MEASURE``.

Entries may not import each other; wording that two of them share stands in a module beside this
package. An entry whose scoring changes gets a new key, and the old file stays.
"""
