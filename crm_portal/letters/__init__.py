"""Letters of the authority as PDF: `typesetting` sets them by one template, with the fonts that typst brings."""
