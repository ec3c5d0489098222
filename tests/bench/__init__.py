"""`./puls bench`: the hub's own way beside other engines doing the same work, measured in one run."""
