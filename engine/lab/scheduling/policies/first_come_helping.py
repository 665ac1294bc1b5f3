"""First come, first served, and who has nothing to do helps: the queue of Safelight's batches."""

from engine.lab.scheduling.policy import Policy

POLICY = Policy(
    name="first-come-helping",
    title="first come, helping (Safelight's)",
    summary="In the order of arrival; a worker without a job does bands of another's, so that none is idle at the end.",
    key=lambda job, _: job.arrival,
    helps=True,
    order=40,
)
