"""Pages of exports: the form on every list, one's own files, requests to confirm."""
