"""What single lessons and figures find out and prepare before the parts draw it."""
