"""The login session around the window: lock, sleep, lid, user switch, and when it was used."""
