// What an operator sees of one question: a number in its log lines, a trace at a collector, times in the metrics; and no reader's words.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, it } from "vitest";
import { emptyFolder, launch } from "../support/program.js";
import { APP_TOKEN, BOT_TOKEN, startSlackServer } from "../support/slack-server.js";
import { SMALL, writeExplainer } from "../support/written.js";

interface Span {
  readonly name: string;
  readonly traceId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[];
}

it("is followed from its event to the wire", async () => {
  const bodies: string[] = [];
  const collector = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => void chunks.push(chunk));
    request.on("end", () => {
      bodies.push(`${request.url ?? ""} ${Buffer.concat(chunks).toString("utf8")}`);
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
  }).listen(0, "127.0.0.1");
  await once(collector, "listening");
  const slack = await startSlackServer();
  const child = launch(["start"], {
    env: {
      PORT: "0",
      ENCODER: "off",
      METRICS: "on",
      LOG_LEVEL: "info",
      DATA_DIR: await writeExplainer("harbour", SMALL),
      DATABASE_URL: `file:${join(emptyFolder(), "s.db")}`,
      SLACK_BOT_TOKEN: BOT_TOKEN,
      SLACK_APP_TOKEN: APP_TOKEN,
      SLACK_API_URL: slack.url,
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
    },
  });
  let out = "";
  let log = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (log += text));
  await slack.until(() => /Slack: ready/.test(out), "the start");
  const asked = slack.mention("why is the harbour closed xylophone");
  await slack.until(() => slack.replies(asked)[0], "a reply");
  // A fault of one question is told with its number.
  slack.fault(/chat\.postMessage/, { error: "restricted_action" });
  slack.mention("how long do the repairs take xylophone");
  await slack.until(() => log.includes("may not answer in a channel"), "the log line");
  const metrics = await fetch(`${/Chat page: (\S+)/.exec(out)![1]}/metrics`).then((response) => response.text());
  child.kill("SIGTERM");
  await once(child, "close");
  collector.close();
  await slack.stop();

  const line = log.split("\n").find((each) => each.includes("may not answer in a channel"))!;
  const { request } = JSON.parse(line) as { request: string };
  expect(request).toMatch(/^[0-9a-f]{12}$/);
  const spans = bodies.flatMap((body) => {
    expect(body.startsWith("/v1/traces ")).toBe(true);
    const { resourceSpans } = JSON.parse(body.slice("/v1/traces ".length)) as {
      resourceSpans: { scopeSpans: { spans: Span[] }[] }[];
    };
    return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans: each }) => each));
  });
  const root = spans.find(({ attributes }) =>
    attributes.some(({ key, value }) => key === "standfirst.request" && value.stringValue === request),
  )!;
  const own = spans.filter(({ traceId }) => traceId === root.traceId).map(({ name }) => name);
  expect(own).toEqual(expect.arrayContaining(["a message", "make a card", "send"]));
  expect(bodies.join("")).toContain("standfirst");
  expect(bodies.join("") + log + metrics).not.toContain("xylophone");
  expect(metrics).toMatch(/standfirst_answer_seconds_count\{face="slack"\} [1-9]/);
  expect(metrics).toContain('standfirst_installations{face="slack"} 1');
  expect(metrics).toContain('standfirst_queue{face="slack",state="waiting"} 0');
});
