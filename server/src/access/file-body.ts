import type { FastifyInstance } from "fastify";

/** The body of these routes is the file itself, whatever it says to be: it is taken as it comes in and never held as a whole. */
export function takeBodyAsFile(
  app: Pick<FastifyInstance, "removeAllContentTypeParsers" | "addContentTypeParser"> & {
    addHook(
      name: "onRequest",
      hook: (request: { readonly headers: Record<string, unknown> }) => Promise<void>,
    ): unknown;
  },
): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
  // A key stands for a content, which is not known before it has come in; uploading a file again is harmless.
  app.addHook("onRequest", async (request) => {
    delete request.headers["idempotency-key"];
  });
}
