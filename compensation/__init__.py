"""Claims for indirect war damage: eligibility, the law's formulas, the life of a claim, payment, objection."""
