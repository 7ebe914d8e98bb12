"""The pictures: Manim scenes that draw what gdcore computed."""
