"""Developer tools: builds the shipped Word templates; never imported by the product."""
