"""First come, first served."""

from engine.lab.scheduling.policy import Policy

POLICY = Policy(
    name="first-come",
    title="first come",
    summary="In the order of arrival: fair, and everybody waits behind a long job.",
    key=lambda job, _: job.arrival,
    order=0,
)
