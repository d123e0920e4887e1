"""The five networks of LivePortrait (https://arxiv.org/abs/2407.03168), named as its public files."""
