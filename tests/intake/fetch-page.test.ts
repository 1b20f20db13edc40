// Pages from the web, within limits, against a server on a real socket.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fetchPage, FetchError, type FetchOptions } from "../../src/intake/fetch-page.js";
import { checkLiteral, hostName, isPublicAddress } from "../../src/intake/public-address.js";

describe("an address", () => {
  it.each([
    ["127.0.0.1", false],
    ["10.1.2.3", false],
    ["172.31.255.254", false],
    ["192.168.0.1", false],
    ["169.254.169.254", false],
    ["100.100.100.200", false],
    ["168.63.129.16", false],
    ["192.0.0.192", false],
    ["0.0.0.0", false],
    ["255.255.255.255", false],
    ["224.0.0.1", false],
    ["198.18.0.1", false],
    ["::1", false],
    ["::", false],
    ["::ffff:10.0.0.1", false],
    ["::ffff:7f00:1", false],
    ["64:ff9b::a00:1", false],
    ["2002:7f00:1::", false],
    ["2001:0:4136:e378::", false],
    ["::7f00:1", false],
    ["fe80::1", false],
    ["fd00:ec2::254", false],
    ["ff02::1", false],
    ["2001:db8::1", false],
    ["not an address", false],
    ["93.184.216.34", true],
    ["2606:2800:220:1:248:1893:25c8:1946", true],
    ["::ffff:93.184.216.34", true],
  ])("%s may be fetched from: %s", (address, may) => {
    expect(isPublicAddress(address)).toBe(may);
  });

  it.each([
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[fd00:ec2::254]/",
    "http://①②⑦.⓪.⓪.①/",
    "http://127.0.0.1./",
  ])("is refused in whatever spelling: %s", (address) => {
    expect(() => checkLiteral(hostName(new URL(address)))).toThrow("not a public address");
  });
});

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const PAGES: Record<string, Answer> = {
  "/page": (_, response) => response.setHeader("content-type", "text/html; charset=windows-1252").end("<p>\x80</p>"),
  "/same": (request, response) => {
    response.setHeader("etag", '"7"').setHeader("last-modified", "Wed, 01 May 2024 10:00:00 GMT");
    response.statusCode = request.headers["if-none-match"] === '"7"' ? 304 : 200;
    response.end(response.statusCode === 304 ? undefined : "<p>once");
  },
  "/gone": (_, response) => response.writeHead(410).end("no more"),
  "/down": (_, response) => response.writeHead(503).end("later"),
  "/picture": (_, response) => response.setHeader("content-type", "image/png").end("x"),
  "/elsewhere": (_, response) => response.writeHead(302, { location: "file:///etc/passwd" }).end(),
  "/nowhere": (_, response) => response.writeHead(302).end(),
  "/bomb": (_, response) =>
    response.setHeader("content-encoding", "gzip").end(gzipSync(Buffer.alloc(12 * 1024 * 1024, "x"))),
  "/large": (_, response) => response.end(Buffer.alloc(9 * 1024 * 1024, "x")),
  "/slow": (_, response) => {
    response.write("<p>");
    const drip = setInterval(() => response.write("x"), 50);
    response.on("close", () => clearInterval(drip));
  },
  "/keyed": (request, response) => response.end(request.headers.authorization ?? "nobody"),
};

const server = createServer((request, response) => {
  const [, count] = /^\/hop\/(\d+)$/.exec(request.url ?? "") ?? [];
  if (count !== undefined) {
    response.writeHead(307, { location: count === "1" ? "/page" : `/hop/${Number(count) - 1}` }).end();
    return;
  }
  if (request.url === "/inside") {
    response.writeHead(301, { location: `http://localhost:${(server.address() as AddressInfo).port}/page` }).end();
    return;
  }
  const answer = PAGES[request.url ?? ""];
  if (answer) answer(request, response);
  else response.writeHead(404).end();
});
let root = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const OWN: FetchOptions = { ownHosts: new Set(["127.0.0.1"]) };
const failure = async (path: string, options: FetchOptions = OWN): Promise<FetchError> => {
  const error: unknown = await fetchPage(`${root}${path}`, options).catch((caught: unknown) => caught);
  if (!(error instanceof FetchError)) throw new Error(`${path} was fetched`);
  return error;
};

describe("a page", () => {
  it("comes with its type, its character set and where it was found", async () => {
    const fetched = await fetchPage(`${root}/hop/5`, OWN);
    expect(fetched).toMatchObject({
      kind: "page",
      type: "text/html",
      charset: "windows-1252",
      address: `${root}/page`,
    });
  });

  it("is not fetched again while it has not changed", async () => {
    const first = await fetchPage(`${root}/same`, OWN);
    if (first.kind !== "page") throw new Error("it was not sent");
    expect(first.validators).toEqual({ etag: '"7"', modified: "Wed, 01 May 2024 10:00:00 GMT" });
    expect(await fetchPage(`${root}/same`, { ...OWN, known: first.validators })).toEqual({ kind: "unchanged" });
  });

  it("is followed over five redirects, and no more", async () => {
    expect((await failure("/hop/6")).message).toContain("leads on and on");
  });

  it.each([
    ["/elsewhere", "no web page"],
    ["/nowhere", "no web page"],
    ["/picture", "is image/png, not a page"],
    ["/bomb", "larger than 10 MB"],
    ["/down", "answered 503"],
  ])("%s is refused: %s", async (path, reason) => {
    const { message, gone } = await failure(path);
    expect(message).toContain(reason);
    expect(gone).toBe(false);
  });

  it("that is gone says so", async () => {
    expect((await failure("/gone")).gone).toBe(true);
    expect((await failure("/unknown")).gone).toBe(true);
  });

  it("of nine megabytes is taken", async () => {
    const fetched = await fetchPage(`${root}/large`, OWN);
    expect(fetched.kind === "page" && fetched.bytes.length).toBe(9 * 1024 * 1024);
  });

  it("that comes without end is given up in time", async () => {
    expect((await failure("/slow", { ...OWN, patience: 400 })).message).toContain("did not answer in full");
  });

  it("behind a name that leads inside is refused at the moment of connecting, also behind a redirect", async () => {
    for (const path of ["/inside"]) {
      expect((await failure(path)).message).toMatch(
        /localhost leads to (?:127\.0\.0\.1|::1), which is not a public address/,
      );
    }
    const error: unknown = await fetchPage(root.replace("127.0.0.1", "localhost"), { ownHosts: new Set() }).catch(
      (caught: unknown) => caught,
    );
    expect(error).toBeInstanceOf(FetchError);
    expect((await failure("/page", { ownHosts: new Set() })).message).toContain("IMPORT_HOSTS");
  });

  it("is asked for with the name and password of its address, which no message shows", async () => {
    const keyed = root.replace("//", "//me:hunter2@");
    const fetched = await fetchPage(`${keyed}/keyed`, OWN);
    expect(fetched.kind === "page" && Buffer.from(fetched.bytes).toString()).toBe(
      `Basic ${Buffer.from("me:hunter2").toString("base64")}`,
    );
    const error: unknown = await fetchPage(`${keyed}/gone`, OWN).catch((caught: unknown) => caught);
    expect(String(error)).not.toContain("hunter2");
  });
});
