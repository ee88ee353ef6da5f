FROM debian:12-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends python3 python3-venv ca-certificates && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/jiqiao
COPY requirements.txt ./
RUN python3 -m venv .venv && .venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt

FROM debian:12-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends python3 libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --home /srv/jiqiao jiqiao
WORKDIR /srv/jiqiao
COPY --from=build /srv/jiqiao/.venv .venv
COPY . .
ENV DJANGO_SETTINGS_MODULE=lms.settings.production JIQIAO_DATA_DIR=/var/lib/jiqiao PATH=/srv/jiqiao/.venv/bin:$PATH
RUN python -m lms.kernel.translations \
    && SECRET_KEY=build ALLOWED_HOSTS=localhost python manage.py collectstatic --noinput \
    && install -d -o jiqiao /var/lib/jiqiao && chown -R jiqiao /var/lib/jiqiao
USER jiqiao
VOLUME /var/lib/jiqiao
EXPOSE 8000
CMD ["gunicorn", "lms.wsgi", "--bind", "0.0.0.0:8000", "--workers", "4", "--threads", "4"]
