"""What Facelock knows: values and decisions. numpy and the standard library only."""
