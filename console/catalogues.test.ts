import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { before, describe, test } from "node:test";
import { parseAst } from "vite";

/** No text outside the catalogues, the same keys in both languages, and no key asked for that does not exist. */

const root = join(import.meta.dirname, "src");
const LANGUAGES = ["en", "es"] as const;
const PLURALS = /_(zero|one|two|few|many|other)$/;

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [field: string]: unknown;
}

function leaves(tree: object, prefix = ""): string[] {
  return Object.entries(tree).flatMap(([name, value]) =>
    typeof value === "object" && value !== null ? leaves(value, `${prefix}${name}.`) : [`${prefix}${name}`],
  );
}

function catalogue(area: string, language: string): object {
  return JSON.parse(readFileSync(join(root, area, "locales", `${language}.json`), "utf8")) as object;
}

function* walk(node: unknown): Generator<Node> {
  if (typeof node !== "object" || node === null) return;
  if (Array.isArray(node)) {
    for (const one of node) yield* walk(one);
    return;
  }
  if ("type" in node) yield node as Node;
  for (const value of Object.values(node)) yield* walk(value);
}

const areas = globSync("*/locales/en.json", { cwd: root }).map((path) => dirname(dirname(path)));
const files = globSync("**/*.{ts,tsx}", { cwd: root }).filter((path) => !path.includes(".test."));
const trees = new Map<string, { readonly text: string; readonly nodes: readonly Node[] }>();

before(() => {
  for (const file of files) {
    const text = readFileSync(join(root, file), "utf8");
    trees.set(file, { text, nodes: [...walk(parseAst(text, { lang: file.endsWith("x") ? "tsx" : "ts" }))] });
  }
});

function where(file: string, node: Node): string {
  const line = (trees.get(file)?.text ?? "").slice(0, node.start).split("\n").length;
  return `${relative(process.cwd(), join(root, file))}:${line}`;
}

/** "title" of t("title"); "state." of t(`state.${status}`), a group that must exist. */
function askedKey(argument: Node | undefined): string | undefined {
  if (argument?.type === "Literal" && typeof argument.value === "string") return argument.value;
  if (argument?.type !== "TemplateLiteral") return undefined;
  const first = (argument.quasis as readonly { readonly value: { readonly cooked: string } }[])[0]?.value.cooked ?? "";
  return first.endsWith(".") ? first : undefined;
}

describe("catalogues", () => {
  test("both languages have the same keys (plural forms apart) and no empty text", () => {
    for (const area of areas) {
      const [en, es] = LANGUAGES.map(
        (language) => new Set(leaves(catalogue(area, language)).map((key) => key.replace(PLURALS, "_n"))),
      );
      assert.deepEqual(
        [...(es ?? [])].sort(),
        [...(en ?? [])].sort(),
        `${area}: the keys of es.json and en.json differ`,
      );
      for (const language of LANGUAGES)
        assert.doesNotMatch(JSON.stringify(catalogue(area, language)), /:""/, `${area}/${language} has an empty text`);
    }
  });

  test("placeholders are the same in both languages", () => {
    const at = (tree: object, key: string): unknown =>
      key.split(".").reduce<unknown>((node, name) => (node as Record<string, unknown> | undefined)?.[name], tree);
    // a name that the server has in both languages comes twice: `documents`, and `documentsEs` for the Spanish sentence
    const placeholders = (value: unknown) =>
      [...String(value).matchAll(/\{\{(\w+?)(?:Es)?\}\}/g)].map((match) => match[1]).sort();
    for (const area of areas) {
      const [en, es] = [catalogue(area, "en"), catalogue(area, "es")];
      for (const key of leaves(en).filter((one) => at(es, one) !== undefined)) {
        assert.deepEqual(placeholders(at(es, key)), placeholders(at(en, key)), `${area}:${key}`);
      }
    }
  });

  test("no text stands in JSX or in an attribute that people read or hear", () => {
    const spoken = new Set([
      "label",
      "title",
      "placeholder",
      "aria-label",
      "description",
      "alt",
      "text",
      "submit",
      "empty",
      "subtitle",
    ]);
    const found: string[] = [];
    for (const [file, { nodes }] of trees) {
      for (const node of nodes) {
        if (node.type === "JSXText" && /\p{L}/u.test(String(node.value)))
          found.push(`${where(file, node)} ${String(node.value).trim()}`);
        if (node.type !== "JSXAttribute") continue;
        const name = (node.name as { name?: unknown }).name;
        const value = node.value as Node | null;
        if (value?.type === "Literal" && spoken.has(String(name)) && /\p{L}{2}/u.test(String(value.value)))
          found.push(`${where(file, node)} ${String(name)}=${String(value.value)}`);
      }
    }
    assert.deepEqual(found, []);
  });

  test("every key that is asked for exists", () => {
    const known = new Map(
      areas.map((area) => [
        area,
        new Set(leaves(catalogue(area, "en")).flatMap((key) => [key, key.replace(PLURALS, "")])),
      ]),
    );
    const missing: string[] = [];
    for (const [file, { text, nodes }] of trees) {
      const namespace = /useTranslation\("([\w-]+)"\)/.exec(text)?.[1] ?? "kit";
      for (const node of nodes) {
        const callee = node.callee as Node | undefined;
        const isT = callee?.name === "t" || (callee?.property as Node | undefined)?.name === "t";
        if (node.type !== "CallExpression" || !isT) continue;
        const first = (node.arguments as readonly Node[])[0];
        const asked = askedKey(first);
        if (asked === undefined) continue;
        const [area = "", key = ""] = asked.includes(":") ? asked.split(":") : [namespace, asked];
        const exists = key.endsWith(".")
          ? [...(known.get(area) ?? [])].some((one) => one.startsWith(key))
          : known.get(area)?.has(key);
        if (exists !== true) missing.push(`${where(file, node)} ${area}:${key}`);
      }
    }
    assert.deepEqual(missing, []);
  });

  test("the labels of navigation, finders and actions exist", () => {
    const known = new Map(areas.map((area) => [area, new Set(leaves(catalogue(area, "en")))]));
    const missing: string[] = [];
    for (const [file, { nodes }] of trees) {
      if (!/(^|\/)area\.ts$/.test(file)) continue;
      for (const node of nodes) {
        const key = node.key as Node | undefined;
        const value = node.value as Node | undefined;
        if (node.type !== "Property" || key?.name !== "label" || typeof value?.value !== "string") continue;
        const [area = "", name = ""] = value.value.split(":");
        if (known.get(area)?.has(name) !== true) missing.push(`${where(file, node)} ${value.value}`);
      }
    }
    assert.deepEqual(missing, []);
  });
});
