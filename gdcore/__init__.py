"""The numbers: objectives, optimisers and the traces they leave."""
