"""Figures for a page or a slide: one composition each, drawn for its width."""
