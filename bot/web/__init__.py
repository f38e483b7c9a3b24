"""The routes for browsers: a document behind a link that works once, and the secure page."""
