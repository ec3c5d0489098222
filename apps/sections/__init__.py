"""Forms of a committee page's sections, one file per kind; `registry` says which is which. Pure."""
