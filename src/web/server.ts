// Serves the web face over HTTP/1.1 until it is closed.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";

export interface WebServer {
  /** Where it listens, such as `http://127.0.0.1:3000`. */
  readonly url: string;
  /** Takes no more requests, lets those under way end, and resolves; after `patience` milliseconds it cuts them off. */
  close(patience: number): Promise<void>;
}

/** An address that cannot be listened on; its message says what to do. */
export class ListenError extends Error {
  readonly code = "LISTEN";
}

function reason(error: NodeJS.ErrnoException, host: string, port: number): string {
  if (error.code === "EADDRINUSE") return `port ${port} is taken; stop what uses it, or set PORT to another`;
  if (error.code === "EACCES") return `port ${port} may not be used by this user; set PORT to one above 1023`;
  return `cannot listen on ${host}:${port} (${error.code ?? error.message}); check HOST and PORT`;
}

/** Requests to one path that something other than the page answers. */
export interface Mounted {
  readonly path: string;
  readonly serve: (request: IncomingMessage, response: ServerResponse) => void;
}

/** Starts listening. Rejects with {@link ListenError}. */
export async function serve(
  app: Hono,
  host: string,
  port: number,
  mounts: readonly Mounted[] = [],
): Promise<WebServer> {
  const listener = getRequestListener(app.fetch);
  const server: Server = createServer((request, response) => {
    const [path] = (request.url ?? "").split("?", 1);
    const mounted = mounts.find((each) => each.path === path);
    if (mounted) mounted.serve(request, response);
    else void listener(request, response);
  });
  server.requestTimeout = 15_000;
  server.headersTimeout = 10_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(new ListenError(reason(error, host, port), { cause: error })),
    );
    server.listen(port, host, resolve);
  });
  const bound = server.address() as AddressInfo;
  return {
    url: `http://${bound.family === "IPv6" ? `[${bound.address}]` : bound.address}:${bound.port}`,
    async close(patience) {
      const cut = setTimeout(() => server.closeAllConnections(), patience);
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      });
      clearTimeout(cut);
    },
  };
}
