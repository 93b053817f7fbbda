"""
What the fund's letters say (CMP-2.4-b): each function answers a `crm_portal.letters.content.Letter`.

Letters are Hebrew, whatever language their reader has chosen: they are the legal text.
"""
