"""One sentence for each thing enrolment and liveness ask for. The window's are translated."""

from __future__ import annotations

from facelock.core.enrolment import Guidance
from facelock.core.liveness import Prompt

SENTENCES = {
    Guidance.LOOK_AT_CAMERA: "Look straight at the camera.",
    Guidance.NO_FACE: "Your face is not in the picture.",
    Guidance.BLACK: "The picture is black. Open the camera's shutter, or turn on a light.",
    Guidance.TOO_DARK: "It is too dark to see anything.",
    Guidance.SEVERAL_FACES: "Only you may be in the picture.",
    Guidance.MOVE_INTO_FRAME: "Move into the middle of the picture.",
    Guidance.COME_CLOSER: "Come a little closer.",
    Guidance.MOVE_BACK: "Move back a little.",
    Guidance.MORE_LIGHT: "Your face needs more light.",
    Guidance.LESS_LIGHT: "The light on your face is too bright.",
    Guidance.HOLD_STILL: "Hold still.",
    Guidance.STRAIGHTEN_HEAD: "Hold your head upright.",
    Guidance.OPEN_EYES: "Open your eyes.",
    Guidance.UNCOVER_FACE: "Something covers your face.",
    Guidance.TURN_LEFT: "Turn your head slowly to the left.",
    Guidance.TURN_RIGHT: "Turn your head slowly to the right.",
    Guidance.LOOK_UP: "Raise your chin a little.",
    Guidance.LOOK_DOWN: "Lower your chin a little.",
    Guidance.TURN_LESS: "Turn back towards the camera a little.",
    Guidance.NOT_SAME_PERSON: "This looks like somebody else.",
    Guidance.ALREADY_ENROLLED: "This face matches somebody who is enrolled already.",
    Guidance.GOOD: "Good. Hold it like that.",
    Guidance.DONE: "All done.",
}

PROMPTS = {
    Prompt.MOVE_A_LITTLE: "Turn your head a little, to and fro.",
    Prompt.OPEN_EYES: "Open your eyes and look at the camera.",
    Prompt.LOOK_STRAIGHT: "Look straight at the camera and wait.",
    Prompt.TURN_LEFT: "Now turn your head to the left.",
    Prompt.TURN_RIGHT: "Now turn your head to the right.",
    Prompt.LOOK_UP: "Now raise your chin.",
    Prompt.LOOK_DOWN: "Now lower your chin.",
    Prompt.BLINK: "Now close your eyes for a second, then open them.",
}
