"""Work views behind a login: placements (O1) and invoice control (O2). Only the two pages are not pure."""
