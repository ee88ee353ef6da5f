"""Reward pools: what becomes of the income from a transformed achievement, by the rules of a place and a day.

Pure: values in, values out; money is Decimal and comes out exact to the fen. Words are for the pages.
"""
