"""What a person agrees to before the first picture is taken."""

from __future__ import annotations

CONSENT = """\
Before the first picture:

  - Facelock takes some pictures of your face and makes numbers of them (a template) by which it
    will know you again. Under many laws these are biometric data, and you are free to say no.
  - Template and pictures are kept encrypted, on this machine alone. Nothing is sent anywhere.
  - Your passphrase always opens the lock; the face only saves typing it.
  - A webcam can be deceived. Photos and screens held before it are looked for and refused; a good
    video of you may still get past, as may a twin or a close relative.
  - You can erase everything at any time: facelock people remove NAME"""
