# The daemon in a container. /config holds config.toml and watchlists/, /data the database.
#
#   docker build -t ausguck .
#   docker run --read-only --tmpfs /tmp --cap-drop=ALL --security-opt=no-new-privileges \
#     -v ./config:/config -v ausguck:/data -e AUSGUCK_TELEGRAM__TOKEN ausguck
#
# Behind a proxy with certificates of its own: --secret id=ca,src=BUNDLE.pem
# Both stages stand on the same base, because the environment points to its Python.
ARG BASE=python:3.13-slim

FROM ${BASE} AS build
ARG UV_VERSION=0.13.9
# uv brings certificates of its own: it has to be told to read the system's, or the secret's.
ARG SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt
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
COPY README.md ./
COPY watchlists ./watchlists
COPY bot ./bot
RUN --mount=type=secret,id=ca,target=/etc/ssl/certs/ca-certificates.crt \
    --mount=type=cache,target=/root/.cache/uv \
    /opt/uv/bin/uv sync --locked --no-dev --no-editable

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
    && install --directory --owner=10001 --group=10001 --mode=0750 /data /config
COPY --from=build /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    AUSGUCK_STORE__URL=sqlite:////data/ausguck.db
USER 10001:10001
VOLUME ["/data", "/config"]
WORKDIR /config
STOPSIGNAL SIGTERM
# The status page listens on 127.0.0.1 only; the check asks from inside.
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
    CMD ["ausguck", "health"]
ENTRYPOINT ["ausguck"]
CMD ["run"]
