# The parts of Madang in containers: web, worker and beat are this image with another command (compose.yaml).
FROM python:3.11-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PATH=/srv/madang/.venv/bin:$PATH
WORKDIR /srv/madang
RUN useradd --system --create-home --home-dir /var/lib/madang --shell /usr/sbin/nologin madang

COPY requirements.txt ./
RUN python -m venv .venv && .venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt

COPY . .
# The words and the static files are made once, without any service: no database is asked for at this point.
RUN MADANG_DATA=/srv/madang/built DATABASE_URL=postgresql://nobody@nowhere/none REDIS_URL=redis://nowhere/0 \
    sh -c 'python manage.py messages --compile-only && python manage.py collectstatic --no-input' \
    && rm -f built/secret_key

RUN mkdir -p /run/madang-metrics && chown madang /run/madang-metrics
USER madang
ENV MADANG_DATA=/var/lib/madang STATIC_ROOT=/srv/madang/built/static PROMETHEUS_MULTIPROC_DIR=/run/madang-metrics MALLOC_ARENA_MAX=2
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/')"]
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "8", "--no-ws", "config.wsgi:application"]
