# Everboard in a container: small, as nobody, on a file system that may be read-only but for /data.
FROM python:3.12-slim AS build
WORKDIR /src
COPY requirements.lock ./
# Into a folder of their own, so that the second stage carries no tools that build.
RUN python -m venv /opt/everboard \
    && /opt/everboard/bin/pip install --quiet --no-cache-dir --require-hashes -r requirements.lock
COPY . .
RUN /opt/everboard/bin/pip install --quiet --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.12-slim
RUN useradd --system --uid 10001 --no-create-home everboard && install -d -o everboard /data
COPY --from=build /opt/everboard /opt/everboard
USER everboard
WORKDIR /data
VOLUME /data
ENV PATH=/opt/everboard/bin:$PATH PYTHONUNBUFFERED=1 DATABASE_URL=sqlite:////data/everboard.db PORT=3000
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=3s --start-period=60s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f\"http://127.0.0.1:{os.environ['PORT']}/health\", timeout=2)"]
ENTRYPOINT ["everboard"]
CMD ["serve"]
