# One image for worker, publisher, HTTP push and screens: the checkout and its hashed packages, run by a user without rights.
FROM python:3.11-slim-bookworm AS packages
COPY requirements.lock /tmp/requirements.lock
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --no-deps --require-hashes -r /tmp/requirements.lock

FROM python:3.11-slim-bookworm
RUN useradd --uid 10001 --home-dir /run/puls --no-create-home --shell /usr/sbin/nologin puls \
    && install -d -o 10001 -g 10001 -m 0700 /run/puls /run/puls/secrets
COPY --from=packages /opt/venv /opt/venv
COPY schemas /srv/kommunpuls/schemas
COPY producers /srv/kommunpuls/producers
COPY streams /srv/kommunpuls/streams
COPY warehouse /srv/kommunpuls/warehouse
COPY apps /srv/kommunpuls/apps
ENV PATH=/opt/venv/bin:/usr/bin:/bin \
    PYTHONPATH=/srv/kommunpuls \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    MALLOC_ARENA_MAX=2 \
    HOME=/run/puls \
    PULS_HOME=/run/puls
WORKDIR /srv/kommunpuls
USER 10001:10001
ENTRYPOINT ["python", "-P", "-m"]
CMD ["apps.server", "public"]
