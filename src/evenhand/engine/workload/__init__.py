"""How much work everybody carries and can carry, and what would put it right.

Figures and proposals only: a person approves each, and nothing here changes anything. How and
why stands in docs/algorithms/workload.md.
"""
