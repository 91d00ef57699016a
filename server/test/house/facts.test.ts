import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";

const ROOT = join(import.meta.dirname, "../../..");
const FOLDERS = ["server/src/onboarding/facts", "server/src/compliance/facts"];
const ANSWER = /\b(?:holds|fails|yes|no)\(\s*"([a-z_]+\.[a-z_]+)"/g;

for (const language of ["en", "es"])
  it(`every answer of a fact has its sentence (${language})`, () => {
    const words = JSON.parse(readFileSync(join(ROOT, `console/src/facts/locales/${language}.json`), "utf8"));
    const codes = FOLDERS.flatMap((folder) =>
      readdirSync(join(ROOT, folder)).flatMap((file) =>
        [...readFileSync(join(ROOT, folder, file), "utf8").matchAll(ANSWER)].map(([, code = ""]) => code),
      ),
    );
    assert.ok(codes.length > 70, `${codes.length} answers found`);
    const has = (code: string): boolean => {
      const [room = "", name = ""] = code.split(".");
      return name in (words[room] ?? {}) || `${name}_other` in (words[room] ?? {});
    };
    assert.deepEqual([...new Set(codes)].filter((code) => !has(code)).sort(), []);
  });
