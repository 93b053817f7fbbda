"""The wage track (clause 3): a sum for each day on which an employee was absent because of the war."""
