import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const here = import.meta.dirname;
const styles = join(dirname(fileURLToPath(import.meta.resolve("@mantine/core"))), "../styles");

test("every component of the library that is used has its styles imported", () => {
  const imported = readFileSync(join(here, "src/kit/library.css"), "utf8");
  assert.ok(existsSync(join(styles, "Button.css")), "the library keeps its styles elsewhere now");
  const missing: string[] = [];
  for (const file of globSync("src/**/*.tsx", { cwd: here })) {
    const text = readFileSync(join(here, file), "utf8");
    for (const [, names = ""] of text.matchAll(/import \{([^}]*)\} from "@mantine\/core"/g)) {
      for (const name of names.split(",").map((one) => one.trim())) {
        const own = existsSync(join(styles, `${name}.css`));
        if (own && !imported.includes(`/${name}.css"`))
          missing.push(`${file}: add @import "@mantine/core/styles/${name}.css" to src/kit/library.css`);
      }
    }
  }
  assert.deepEqual(missing, []);
});
