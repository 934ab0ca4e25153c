"""The steps of a run as plain functions: settings in, frozen counts out.

They know nothing of the engine that may drive them; ``flows.collect_news``, ``flows.read_news``, ``flows.publish`` and
``flows.pipeline`` wrap them for Prefect, ``gigawire run --no-server`` calls them as they are.
"""
