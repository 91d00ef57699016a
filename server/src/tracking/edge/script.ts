import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { sendText } from "./answers.ts";
import { BROWSER_SCRIPT } from "./browser-script.generated.ts";
import type { RouteTable } from "./route-table.ts";
import { hostOf } from "./visitor.ts";

const HOUR = 3600;

/**
 * Answers `GET /s/<program code>.js`: the browser script with what it has to know of the program. It may be kept for an hour, so a
 * change of the program's consent setting is everywhere an hour later.
 */
export function scriptDoor(routes: RouteTable): (req: IncomingMessage, res: ServerResponse) => void {
  return (req, res) => {
    if (req.method !== "GET" && req.method !== "HEAD") return sendText(res, 405, "This address takes GET and HEAD.\n");
    const code = /^\/s\/([a-z0-9-]{2,40})\.js(?:\?|$)/.exec(req.url ?? "")?.[1];
    const routed = code === undefined ? undefined : routes.programOfCode(code);
    const own = routes.programOfHost(hostOf(req.headers.host));
    if (routed === undefined || (own !== undefined && own !== routed))
      return sendText(res, 404, "There is no script of this name here.\n");
    const { program } = routed;
    // The origin that the page loaded the script from is only known to the browser.
    const config = `{program:${JSON.stringify(program.code)},consent:${program.trackerConsent === "required"},days:${Math.max(1, Math.round(program.clickWindowDays))},host:new URL(document.currentScript.src).origin}`;
    const text = `(()=>{${BROWSER_SCRIPT}start(${config},window)})()`;
    const etag = `"${createHash("sha256").update(text).digest("base64url").slice(0, 16)}"`;
    const headers = { "Cache-Control": `public, max-age=${HOUR}`, ETag: etag, "X-Content-Type-Options": "nosniff" };
    if (req.headers["if-none-match"] === etag) {
      res.writeHead(304, headers).end();
      return;
    }
    res.writeHead(200, {
      ...headers,
      "Content-Type": "text/javascript; charset=utf-8",
      "Content-Length": Buffer.byteLength(text),
    });
    res.end(req.method === "HEAD" ? undefined : text);
  };
}
