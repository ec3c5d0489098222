"""Events become archive rows and entity rows."""
