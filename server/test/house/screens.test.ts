import assert from "node:assert/strict";
import { test } from "node:test";
import { isTest, report, typescript } from "./sources.ts";
import { type Node, nodes, parse, type Source } from "./syntax.ts";

// Every text that a person reads comes from a catalogue, so that it exists in every language and one word is used for one idea.

const READ_ALOUD = new Set([
  "title",
  "label",
  "placeholder",
  "description",
  "alt",
  "aria-label",
  "ariaLabel",
  "aria-description",
]);
const WORDS = /\p{L}{2,}/u;

/** Texts that stand in the markup itself. The keys of the keyboard (`<Kbd>`) are the same in every language. */
function bareTexts(source: Source): readonly string[] {
  const found: string[] = [];
  const note = (node: Node, text: string) => found.push(`${source.path}:${source.line(node.start)} ${text.trim()}`);
  const exempt = new Set<unknown>();
  for (const node of nodes(source.program)) {
    if (node.type === "JSXElement" && elementName(node) === "Kbd") {
      for (const child of node.children as readonly unknown[]) exempt.add(child);
    }
    if (node.type === "JSXText" && !exempt.has(node) && WORDS.test(String(node.value))) note(node, String(node.value));
    if (node.type !== "JSXAttribute" || !READ_ALOUD.has(String((node.name as Node).name))) continue;
    const value = node.value as Node | null;
    if (value?.type === "Literal" && WORDS.test(String(value.value))) note(node, String(value.value));
  }
  return found;
}

function elementName(element: Node): string {
  return String(((element.openingElement as Node).name as Node).name);
}

test("no screen holds a text of its own", () => {
  const found = typescript()
    .filter((path) => path.startsWith("console/src/") && path.endsWith(".tsx") && !isTest(path))
    .flatMap((path) => bareTexts(parse(path)));
  assert.deepEqual(found, [], report("put it into the catalogues", found));
});

test("the rule sees texts and labels, and leaves names, keys and values alone", () => {
  const sample = `const a = <Button title="Save it" id="save">Save <Kbd>Enter</Kbd> {t("done")} → 5</Button>;
    const b = <TextInput label={t("name")} type="text" placeholder="e.g. ACME" />;`;
  assert.deepEqual(bareTexts(parse("sample.tsx", sample)), [
    "sample.tsx:1 Save it",
    "sample.tsx:1 Save",
    "sample.tsx:2 e.g. ACME",
  ]);
});
