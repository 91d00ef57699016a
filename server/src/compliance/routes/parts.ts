import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { Refusal } from "../../kernel/refusal.ts";

export const ById = z.object({ id: z.string().max(60) });
const MOST_BODY = 16 * 1024 * 1024;

/** The body as the file that it is. @throws Refusal when it came as something else */
export function fileOf(body: unknown): Buffer {
  if (!Buffer.isBuffer(body))
    throw new Refusal("unsupported_media_type", "Send the file itself as application/octet-stream.");
  return body;
}

/** A file that somebody handed in is saved, never shown as a page of this program; nothing keeps a copy on the way. */
export function fileHeaders(name: string, mediaType: string): Record<string, string> {
  return {
    "content-type": mediaType,
    "content-disposition": `attachment; filename="${name.replaceAll(/[^\w.\- ]/g, "_")}"; filename*=UTF-8''${encodeURIComponent(name)}`,
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
    "cache-control": "private, no-store",
  };
}

/** Routes of this plugin take a file as their body. */
export function takeFiles(app: Pick<FastifyInstance, "addContentTypeParser">): void {
  app.addContentTypeParser(
    "application/octet-stream",
    { parseAs: "buffer", bodyLimit: MOST_BODY },
    (_request, body, done) => done(null, body),
  );
}
