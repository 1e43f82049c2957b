"""Voice of the customer: ask after each touchpoint, understand the answer, join it to customer and contact, close the loop."""
