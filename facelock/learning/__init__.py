"""The Siamese network and its training, in torch. Never on the path to an unlock."""
