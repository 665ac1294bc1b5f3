"""The shortest job first, where waiting makes a job shorter."""

from engine.lab.scheduling.policy import Policy

AGEING = 1.0
"""Seconds of work that a second of waiting is worth."""

POLICY = Policy(
    name="ageing",
    title="shortest first, ageing",
    summary="The least work first, but who waits gains on who comes: nobody starves.",
    key=lambda job, now: job.left - AGEING * (now - job.arrival),
    order=20,
)
