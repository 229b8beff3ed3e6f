"""What Facelock does: joins the core with the adapters. Free of Qt."""
