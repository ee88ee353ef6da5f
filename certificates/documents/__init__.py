"""What leaves the house as a file: signed credentials, status lists, did documents, the printed page.

Nothing in this storey touches the database, the network or a secret that it is not handed.
"""
