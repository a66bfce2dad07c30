"""From what a lead has (address, fields, phone, postcode) to its region, or to why it has none."""
