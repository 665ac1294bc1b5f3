"""The shortest job first."""

from engine.lab.scheduling.policy import Policy

POLICY = Policy(
    name="shortest-first",
    title="shortest first",
    summary="The least work first: short jobs are soon done, and long ones starve while short ones come.",
    key=lambda job, _: job.left,
    order=10,
)
