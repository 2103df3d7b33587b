"""The app: pages, the stage, and the book of who trains what. Torch stays in the workers."""
