"""Bad input: a fixture and a fate for every case in the list of what producers will send (domain 5.2)."""
