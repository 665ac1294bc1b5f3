"""A batch on many machines: the client of a Dask cluster, and what its workers run. Only this folder imports Dask."""
