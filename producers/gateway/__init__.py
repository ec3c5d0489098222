"""HTTP push: systems that know HTTP and not Kafka send their events to `POST /events`.

CloudEvents 1.0 over HTTP (structured, binary, batched). An event is judged here as the worker judges it, and
202 is answered only when every in-sync replica has it. Who sends again adds nothing: ids are the facts' own.
"""
