"""What a report or a statement is as HTML: formulas, pictures and templates, without scripts."""
