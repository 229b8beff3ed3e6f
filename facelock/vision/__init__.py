"""From pixels to faces and embeddings, with OpenCV."""

import facelock.vision.opencv_environment  # noqa: F401 - OpenCV reads it once, when it is loaded
