"""Pure folds: the living facts of one entity become exactly one row. The kinds are listed in
`streams/kinds.py`.
"""
