FROM node:24-slim
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --include=optional --ignore-scripts --no-audit --no-fund && npm cache clean --force
COPY . .
RUN mkdir -p /data /anchor && chown node:node /data /anchor && chmod 700 /data /anchor
ENV NODE_ENV=production \
    UV_THREADPOOL_SIZE=16 \
    ONRECORD_DATA_DIR=/data \
    ONRECORD_ANCHOR_FILE=/anchor/checkpoint \
    ONRECORD_PUBLIC_HOST=0.0.0.0 \
    ONRECORD_DESK_HOST=0.0.0.0
USER node
VOLUME /data
# Public site, desk. The operations listener (8082) stays on the container's loopback.
EXPOSE 8080 8081
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8082/livez').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "bin/onrecord.js"]
CMD ["serve"]
