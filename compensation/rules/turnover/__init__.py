"""The turnover track (clause 4): the drop between two parallel periods, less the expenses that were saved."""
