"""Words in text, pure: folding, tokens with places in the original, German word forms."""
