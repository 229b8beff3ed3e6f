"""Tell OpenCV how to treat cameras and clips. `facelock.vision` imports this before any `cv2`.

OpenCV takes these few settings from the environment alone and reads some of them once, when it is
loaded. They are written here, never read: nothing set outside the program has a say.
"""

from __future__ import annotations

import os

os.environ.update(
    {
        # Windows' Media Foundation takes 4 to 20 seconds to open a camera with these transforms
        # (opencv/opencv issue 17687).
        "OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS": "0",
        # Seconds a Linux camera may keep `read` waiting. At OpenCV's own 10 a hanging camera would
        # hold up the end of the program.
        "OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT": "1",
        # AV_LOG_QUIET: a damaged clip is answered with a sentence, not with FFmpeg's chatter.
        "OPENCV_FFMPEG_LOGLEVEL": "-8",
    }
)

import cv2

# It warns on the terminal about all that does not open; our errors say it in words.
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_ERROR)
