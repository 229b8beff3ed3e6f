"""Qt threads between the camera, the pipeline and the window. No widgets."""
