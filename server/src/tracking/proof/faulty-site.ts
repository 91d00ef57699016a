import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

type Answer = (
  query: string,
  req: IncomingMessage,
) => readonly [status: number, headers: Record<string, string | string[]>, body?: string];

const page = (body = "<h1>Welcome</h1>"): ReturnType<Answer> => [200, { "content-type": "text/html" }, body];
const to = (location: string, status = 302, more: Record<string, string> = {}): ReturnType<Answer> => [
  status,
  { location, ...more },
];

/** Pages of a site in front of tests: what each does wrong with its visitors. */
const PAGES: Readonly<Record<string, Answer>> = {
  "/ok": () => page(),
  "/hop": (query) => to(`/ok?${query}`),
  "/drops-all": () => to("/ok"),
  "/drops-sub": (query) => to(`/ok?${query.replace(/&?s1=[^&]*/, "")}`),
  "/upper": (query) => to(`/ok?${query.replace(/cid=[^&]*/, (text) => `cid=${text.slice(4).toUpperCase()}`)}`),
  "/lower-sub": (query) => to(`/ok?${query.replace(/s1=[^&]*/, (text) => text.toLowerCase())}`),
  "/cuts": (query) => to(`/ok?${query.replace(/cid=([^&]{20})[^&]*/, "cid=$1")}`),
  "/twice": (query) =>
    to(`/ok?${query.replace(/s2=([^&]*)/, (_, value: string) => `s2=${encodeURIComponent(value)}`)}`),
  "/second": (query) => to(`/ok?${query}&cid=other`),
  "/braces": (query) => to(`/ok?${query}&tid=%7Btransaction_id%7D`),
  "/cookie": (query) => to("/ok", 302, { "set-cookie": `visit=${/cid=([^&]*)/.exec(query)?.[1]}; Path=/` }),
  "/loop-a": (query) => to(`/loop-b?${query}`),
  "/loop-b": (query) => to(`/loop-a?${query}`),
  "/meta": (query) =>
    page(
      `<html><head><META content="0; URL='/ok?${query.replaceAll("&", "&amp;")}'" http-equiv=refresh></head></html>`,
    ),
  "/script": (query) => page(`<script>/* on we go */ window.location.replace("/ok?${query}");</script>`),
  "/works-out": () => page(`<script>location.href = "/ok?" + location.search.slice(1);</script>`),
  "/form": () => page(`<body onload="document.forms[0].submit()"><form action="/ok"></form></body>`),
  "/reads-well": () =>
    page(`<script>function out() { location.href = "/drops-all"; }</script>${"Welcome. ".repeat(50)}`),
  "/refresh-bare": (query) => [200, { "content-type": "text/html", refresh: `0;/ok?${query}` }, "wait"],
  "/refresh-header": (query) => [200, { "content-type": "text/html", refresh: `0; url=/ok?${query}` }, "wait"],
  "/nowhere": () => [302, {}],
  "/gone": () => [404, { "content-type": "text/html" }, "gone"],
  "/broken": () => [500, { "content-type": "text/html" }, "broken"],
  "/forbidden": () => [403, { "content-type": "text/html" }, "no"],
  "/not-in-your-country": () => [451, { "content-type": "text/html" }, "no"],
  "/inside": (query) => to(`http://169.254.169.254/latest/meta-data/?${query}`),
  "/app": (query) => to(`myapp://open/1?${query}`),
  "/unknown-host": (query) => to(`https://does-not-exist.invalid/?${query}`),
  "/dead-port": (query) => to(`http://127.0.0.1:9/?${query}`),
};

export interface FaultySite {
  readonly origin: string;
  /** requests that came in, the newest last */
  readonly seen: readonly IncomingMessage[];
  close(): Promise<void>;
}

/** A site on this machine whose pages have one fault each. `/many/<n>` redirects n times. */
export async function faultySite(): Promise<FaultySite> {
  const seen: IncomingMessage[] = [];
  const server = createServer((req, res) => {
    seen.push(req);
    answer(req, res);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, close: () => closed(server) };
}

function answer(req: IncomingMessage, res: ServerResponse): void {
  const [path = "", ...rest] = (req.url ?? "").split("?");
  const query = rest.join("?");
  const many = /^\/many\/(\d+)$/.exec(path)?.[1];
  const given =
    many === undefined ? PAGES[path] : () => (many === "0" ? page() : to(`/many/${Number(many) - 1}?${query}`));
  const [status, headers, body] = given?.(query, req) ?? [404, {}, "no such page"];
  res.writeHead(status, headers);
  res.end(body);
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
