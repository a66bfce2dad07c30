"""The policy document: assembled from the sections, loaded, checked, compared, compiled."""
