"""
Checking and rebuilding files.

`sandbox` starts `worker` as a process of its own with bounded time and memory and without the portal's secrets; the
worker does what `content` says, with a module for each family of kinds. `scanner` asks clamd. Nothing but `scanner`
knows Django, so that the worker starts quickly.
"""
