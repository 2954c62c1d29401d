# syntax=docker/dockerfile:1
# One image for amd64 and arm64: nothing in it is compiled for a processor but Node itself.
FROM node:24-bookworm-slim AS build
WORKDIR /src
ENV CI=1 TURBO_TELEMETRY_DISABLED=1 DO_NOT_TRACK=1
COPY . .
RUN npm run package && mkdir -p /app && tar -xzf tocsin-*.tgz -C /app --strip-components=1

FROM node:24-bookworm-slim
LABEL org.opencontainers.image.title="Tocsin" \
      org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /app
COPY --from=build /app /app
# The folder is the only place that is written to; the root file system may be read-only.
RUN groupadd --gid 10001 tocsin \
 && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin tocsin \
 && install -d -o 10001 -g 10001 -m 0700 /data
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 TOCSIN_DATA_DIR=/data
USER 10001:10001
VOLUME ["/data"]
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 \
  CMD ["node", "-e", "const s=process.env.TLS_CERT?'https':'http';process.env.NODE_TLS_REJECT_UNAUTHORIZED='0';fetch(`${s}://127.0.0.1:${process.env.PORT}/healthz`).then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
ENTRYPOINT ["node", "/app/dist/cli.js"]
CMD ["serve"]
