"""The core: pure functions from frozen facts to scores. No clock, no files, no network, no Prefect."""
