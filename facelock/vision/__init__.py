"""From pixels to faces and embeddings, with OpenCV."""
