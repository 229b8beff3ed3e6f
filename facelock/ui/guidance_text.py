"""What to say while a camera looks: one sentence for everything it may see."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from facelock.core.attempt import Accepted, Inconclusive, Rejected, Verdict
from facelock.core.enrolment import Guidance, Pose
from facelock.core.liveness import Prompt
from facelock.core.observation import (
    Gathering,
    Match,
    NewCamera,
    NoFace,
    NonMatch,
    Observation,
    PoorQuality,
    PresentationAttack,
    SeveralFaces,
    Unproven,
)
from facelock.core.policy import Why
from facelock.core.quality import Defect

translate = QCoreApplication.translate


def pose_name(pose: Pose) -> str:
    """Return a pose as an entry of a list."""
    match pose:
        case Pose.CENTRE:
            return translate("guidance", "Straight ahead")
        case Pose.LEFT:
            return translate("guidance", "To your left")
        case Pose.RIGHT:
            return translate("guidance", "To your right")
        case Pose.UP:
            return translate("guidance", "Up")
        case Pose.DOWN:
            return translate("guidance", "Down")


def guidance_sentence(guidance: Guidance) -> str:
    """Return the one sentence that guides an enrolment."""
    return _turn(guidance) or _scene(guidance) or _mend(guidance)


def _turn(guidance: Guidance) -> str:
    """Return the sentence if it is about where to look or how it goes, "" else."""
    match guidance:
        case Guidance.LOOK_AT_CAMERA:
            return translate("guidance", "Look straight at the camera.")
        case Guidance.TURN_LEFT:
            return translate("guidance", "Turn your head slowly to the left.")
        case Guidance.TURN_RIGHT:
            return translate("guidance", "Turn your head slowly to the right.")
        case Guidance.LOOK_UP:
            return translate("guidance", "Raise your chin a little.")
        case Guidance.LOOK_DOWN:
            return translate("guidance", "Lower your chin a little.")
        case Guidance.TURN_LESS:
            return translate("guidance", "Turn back towards the camera a little.")
        case Guidance.GOOD:
            return translate("guidance", "Good. Hold it like that.")
        case Guidance.DONE:
            return translate("guidance", "All done. You can relax.")
        case Guidance.NOT_SAME_PERSON:
            return translate(
                "guidance",
                "This looks like somebody else. Only one person can be enrolled at a time.",
            )
        case Guidance.ALREADY_ENROLLED:
            return translate(
                "guidance", "This face is too much like somebody who is already enrolled."
            )
        case _:
            return ""


def _scene(guidance: Guidance) -> str:
    """Return the sentence if it is about who is in the picture, "" else."""
    match guidance:
        case Guidance.NO_FACE:
            return translate("guidance", "Sit where the camera can see your face.")
        case Guidance.BLACK:
            return translate(
                "guidance", "The picture is black. Open the camera's shutter, or turn on a light."
            )
        case Guidance.TOO_DARK:
            return translate("guidance", "It is too dark to see anything. Turn on a light.")
        case Guidance.SEVERAL_FACES:
            return translate("guidance", "Somebody else is in the picture. Only you should be.")
        case _:
            return ""


def _mend(guidance: Guidance) -> str:
    """Return the sentence that says what to change about the face in the picture."""
    match guidance:
        case Guidance.MOVE_INTO_FRAME:
            return translate("guidance", "Move your whole face into the picture.")
        case Guidance.COME_CLOSER:
            return translate("guidance", "Come a little closer.")
        case Guidance.MOVE_BACK:
            return translate("guidance", "Move back a little.")
        case Guidance.MORE_LIGHT:
            return translate("guidance", "Your face needs more light, best from the front.")
        case Guidance.LESS_LIGHT:
            return translate("guidance", "There is too much light on your face.")
        case Guidance.HOLD_STILL:
            return translate("guidance", "Hold still for a moment.")
        case Guidance.STRAIGHTEN_HEAD:
            return translate("guidance", "Hold your head upright.")
        case Guidance.OPEN_EYES:
            return translate("guidance", "Open your eyes.")
        case Guidance.UNCOVER_FACE:
            return translate("guidance", "Part of your face is covered. Uncover it.")
        case _:
            return ""


def defect_sentence(defect: Defect) -> str:
    """Return what keeps a face from being compared, as something to change."""
    match defect:
        case Defect.CUT_OFF:
            return guidance_sentence(Guidance.MOVE_INTO_FRAME)
        case Defect.TOO_SMALL:
            return guidance_sentence(Guidance.COME_CLOSER)
        case Defect.TOO_CLOSE:
            return guidance_sentence(Guidance.MOVE_BACK)
        case Defect.TOO_DARK | Defect.LOW_CONTRAST:
            return guidance_sentence(Guidance.MORE_LIGHT)
        case Defect.TOO_BRIGHT:
            return guidance_sentence(Guidance.LESS_LIGHT)
        case Defect.BLURRED:
            return guidance_sentence(Guidance.HOLD_STILL)
        case Defect.TURNED_AWAY:
            return guidance_sentence(Guidance.LOOK_AT_CAMERA)
        case Defect.TILTED:
            return guidance_sentence(Guidance.STRAIGHTEN_HEAD)
        case Defect.EYES_CLOSED:
            return guidance_sentence(Guidance.OPEN_EYES)
        case Defect.NOT_A_CLEAR_FACE:
            return guidance_sentence(Guidance.UNCOVER_FACE)


def observation_sentence(seen: Observation) -> str:
    """Return what to say about one observation on the lock page. Never how near it was."""
    match seen:
        case NoFace(black=True):
            return guidance_sentence(Guidance.BLACK)
        case NoFace(too_dark=True):
            return guidance_sentence(Guidance.TOO_DARK)
        case NoFace():
            return translate("guidance", "Looking for you. Face the camera.")
        case SeveralFaces():
            return translate(
                "guidance", "More than one face is in the picture. Only you should be."
            )
        case NewCamera():
            return translate(
                "guidance",
                "This camera is new to Facelock. Type your passphrase once; from then on your face "
                "works with it too.",
            )
        case PoorQuality(defects):
            return defect_sentence(defects[0])
        case PresentationAttack():
            return translate("guidance", "That does not look like a living face.")
        case Gathering() | NonMatch() | Match():
            return translate("guidance", "Looking at you. One moment.")
        case Unproven():
            return translate("guidance", "Making sure that you are really there. One moment.")


def prompt_sentence(prompt: Prompt) -> str:
    """Return what liveness asks a person to do."""
    match prompt:
        case Prompt.MOVE_A_LITTLE:
            return translate("guidance", "Turn your head a little, to and fro.")
        case Prompt.OPEN_EYES:
            return translate("guidance", "Open your eyes and look at the camera.")
        case Prompt.LOOK_STRAIGHT:
            return translate("guidance", "Look straight at the camera and wait.")
        case Prompt.TURN_LEFT:
            return translate("guidance", "Now turn your head to the left.")
        case Prompt.TURN_RIGHT:
            return translate("guidance", "Now turn your head to the right.")
        case Prompt.LOOK_UP:
            return translate("guidance", "Now raise your chin.")
        case Prompt.LOOK_DOWN:
            return translate("guidance", "Now lower your chin.")
        case Prompt.BLINK:
            return translate("guidance", "Now close your eyes for a second, then open them.")


def verdict_sentence(verdict: Verdict) -> str:
    """Return what to say about the end of an attempt, without names and without scores."""
    match verdict:
        case Accepted():
            return translate("guidance", "Recognised. Welcome back.")
        case Rejected("no-match"):
            return translate(
                "guidance", "I do not know this face. Try again, or type your passphrase."
            )
        case Rejected():
            return translate(
                "guidance",
                "That did not look like a living face. Try again, or type your passphrase.",
            )
        case Inconclusive():
            return translate("guidance", "I could not see a face well enough.")


def passphrase_only_sentence(why: Why) -> str:
    """Return why the face does not help now."""
    match why:
        case Why.TOO_MANY_FAILURES:
            return translate(
                "guidance",
                "Too many faces were refused. Your passphrase turns face unlock on again.",
            )
        case Why.INTERVAL_OVER:
            return translate(
                "guidance", "It is time for your passphrase: it is asked for now and then."
            )
        case Why.AFTER_REBOOT:
            return translate(
                "guidance", "After a restart the passphrase comes first. Then your face works."
            )
        case Why.NO_FACE_KEY:
            return translate(
                "guidance",
                "Your passphrase comes first: it brings the key that your face opens. "
                "On a computer without a keyring that lasts until Facelock closes.",
            )
