"""Pictures in folders that are named by a URL: on a server over SSH, or in a store of objects such as S3."""
