"""The credit-data service by the regulations of 2004: sources, consents, reports, review and correction, licences."""
