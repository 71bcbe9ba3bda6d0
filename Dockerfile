# The daemon in a container: docker, podman and buildah build it alike.
#
#   docker build -t ausguck .            (podman: add --format docker, else there is no HEALTHCHECK)
#   compose.yaml runs it, locked down.
#
# /config holds config.toml and watchlists/, /data the database; nothing else is written, so that
# the root file system may be read-only. Everything runs as 10001:10001; `--user` takes another.
# Behind a proxy with certificates of its own: --secret id=ca,src=BUNDLE.pem
# Both stages stand on the same base, because the environment points to its Python.
ARG BASE=python:3.13-slim

FROM ${BASE} AS build
ARG UV_VERSION=0.13.9
# uv brings certificates of its own: it has to be told to read the system's, or the secret's.
ARG SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt
# Another package index, where there is one.
ARG PIP_INDEX_URL
ARG UV_DEFAULT_INDEX
ENV UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_PYTHON_DOWNLOADS=never \
    UV_PROJECT_ENVIRONMENT=/opt/venv
RUN --mount=type=secret,id=ca,target=/etc/ssl/certs/ca-certificates.crt \
    python3 -m venv /opt/uv \
    && /opt/uv/bin/pip install --no-cache-dir --disable-pip-version-check "uv==${UV_VERSION}"
WORKDIR /src
# Libraries first: they change less often than the code.
COPY pyproject.toml uv.lock ./
RUN --mount=type=secret,id=ca,target=/etc/ssl/certs/ca-certificates.crt \
    --mount=type=cache,target=/root/.cache/uv \
    /opt/uv/bin/uv sync --locked --no-dev --no-install-project
COPY README.md config.toml ./
COPY watchlists ./watchlists
COPY bot ./bot
# Anew each time: uv would take what it built of an earlier state, if pyproject.toml is the same.
RUN --mount=type=secret,id=ca,target=/etc/ssl/certs/ca-certificates.crt \
    --mount=type=cache,target=/root/.cache/uv \
    /opt/uv/bin/uv sync --locked --no-dev --no-editable --reinstall-package ausguck

# What nobody loads: the languages of a library of a library, tests, sources of compiled modules.
RUN cd /opt/venv/lib/python3.*/site-packages \
    && find babel/locale-data -name '*.dat' ! -name root.dat ! -name 'de*' ! -name 'en*' -delete \
    && find . -type d -name tests -prune -exec rm -rf {} + \
    && find . -type f \( -name '*.c' -o -name '*.h' -o -name '*.pxd' -o -name '*.pxi' \
         -o -name '*.pyx' \) -delete

FROM ${BASE}
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="ausguck" \
      org.opencontainers.image.description="News watch on Telegram: feeds, watchlists, one alert." \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
# The numbers are fixed, so that mounted folders can be given to them from outside.
RUN groupadd --gid 10001 ausguck \
    && useradd --uid 10001 --gid 10001 --home-dir /data --no-create-home \
               --shell /usr/sbin/nologin ausguck \
    && install --directory --owner=10001 --group=10001 --mode=0750 /data \
    && install --directory --owner=10001 --group=10001 --mode=0755 /config
COPY --from=build /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    AUSGUCK_STORE__URL=sqlite:////data/ausguck.db \
    AUSGUCK_IN_CONTAINER=1 \
    AUSGUCK_WEB__LISTEN=0.0.0.0:8787
USER 10001:10001
VOLUME ["/data", "/config"]
WORKDIR /config
EXPOSE 8787
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
    CMD ["ausguck", "health"]
ENTRYPOINT ["ausguck"]
CMD ["run", "--init"]
