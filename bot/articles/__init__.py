"""Articles from web pages. `extract` is the only door to trafilatura; `read` fetches as well."""
