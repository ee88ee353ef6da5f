"""Truths about what stands on a certificate: its serial, its check code, its wording."""
