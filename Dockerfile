# syntax=docker/dockerfile:1
# The bot alone, from the same lock as everything else. State lies in /var/lib/fencun; all else may be read-only.
FROM python:3.12-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /src
RUN python -m venv /opt/fencun
COPY requirements.lock ./
RUN /opt/fencun/bin/pip install --quiet --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY handlers handlers
COPY config config
COPY scripts_zh scripts_zh
# The build tools come with the lock so that no step needs an unlocked download; the image does not keep them.
RUN /opt/fencun/bin/pip install --quiet --no-deps --no-build-isolation . \
 && /opt/fencun/bin/pip uninstall --quiet --yes hatchling editables trove-classifiers pathspec pluggy tomlkit pip

FROM python:3.12-slim
COPY --from=build /opt/fencun /opt/fencun
RUN install -d -o 10001 -g 10001 /var/lib/fencun
ENV PATH=/opt/fencun/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    FENCUN_DATA_DIR=/var/lib/fencun
USER 10001:10001
WORKDIR /var/lib/fencun
VOLUME /var/lib/fencun
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=3s --start-period=10s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f\"http://127.0.0.1:{os.environ.get('FENCUN_HTTP__PORT', '3000')}/healthz\", timeout=2)"]
ENTRYPOINT ["fencun"]
CMD ["run"]
