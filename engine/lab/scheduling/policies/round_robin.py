"""A band of each job in turn."""

from engine.lab.scheduling.policy import Policy

POLICY = Policy(
    name="round-robin",
    title="round robin by bands",
    summary="Two bands of each in turn: all advance, all end late; new ones begin at once.",
    key=lambda job, _: job.last,
    turn=2,
    order=30,
)
