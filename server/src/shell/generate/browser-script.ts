import { readFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "@swc/core";

const SOURCE = join(import.meta.dirname, "../../../../tracker/src/browser/start.ts");

/** The browser script as it is sent: without types, short, as a plain function `start` that any browser of the last years runs. */
export function browserScript(): string {
  const { code } = transformSync(readFileSync(SOURCE, "utf8"), {
    filename: "start.ts",
    swcrc: false,
    jsc: {
      parser: { syntax: "typescript" },
      target: "es2018",
      minify: { compress: { passes: 3 }, mangle: true, format: { comments: false } },
    },
    module: { type: "es6" },
    minify: true,
  });
  const plain = code.replace(/^export function start\(/, "function start(");
  if (plain === code) throw new Error("the browser script does not begin with its function");
  return [
    "/** Generated from tracker/src/browser by `npm run generate`. */",
    `export const BROWSER_SCRIPT = ${JSON.stringify(plain)};`,
    "",
  ].join("\n");
}
