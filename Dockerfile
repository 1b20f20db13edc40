# Built in one image, run in another that holds no compiler and no development package. docs/operating.md says how to run it.
FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN node scripts/build.mjs
RUN npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:20-bookworm-slim
ENV NODE_ENV=production
ENV HOST=0.0.0.0
ENV PORT=3000
# Fewer pools of memory that are never given back.
ENV MALLOC_ARENA_MAX=2
ENV CACHE_DIR=/var/lib/standfirst/cache
ENV DATABASE_URL=file:/var/lib/standfirst/standfirst.db
WORKDIR /app
COPY --from=build /app/package.json /app/LICENSE ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/src/web/assets ./src/web/assets
COPY --from=build /app/src/preview/preview.css ./src/preview/preview.css
COPY --from=build /app/src/languages/en/concepts.txt ./src/languages/en/concepts.txt
COPY --from=build /app/data ./data
COPY --from=build /app/intents ./intents
RUN mkdir -p /var/lib/standfirst && chown node:node /var/lib/standfirst
USER node
VOLUME /var/lib/standfirst
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/livez`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=2", "--heap-growing-percent=20", "--v8-pool-size=1", "dist/main.js", "start"]
