/** Writes small MMDB files for tests. Source of the format: https://maxmind.github.io/MaxMind-DB/ (version 2.0). */

type Value = string | number | { readonly [name: string]: Value } | readonly Value[];

/** @param rows by IPv4 network, e.g. `203.0.113.0/24`; networks do not overlap */
export function mmdb(databaseType: string, rows: Readonly<Record<string, Value>>): Buffer {
  const nodes: [Branch, Branch][] = [[undefined, undefined]];
  const data: Buffer[] = [];
  let offset = 0;
  for (const [network, row] of Object.entries(rows)) {
    const [address = "", length = "32"] = network.split("/");
    const bits = address
      .split(".")
      .map((part) => Number(part).toString(2).padStart(8, "0"))
      .join("");
    const bytes = encode(row);
    place(nodes, bits.slice(0, Number(length)), { offset });
    data.push(bytes);
    offset += bytes.length;
  }
  const metadata = encode({
    node_count: nodes.length,
    record_size: 24,
    ip_version: 4,
    database_type: databaseType,
    languages: ["en"],
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_770_000_000,
    description: { en: "test" },
  });
  return Buffer.concat([
    tree(nodes),
    Buffer.alloc(16),
    ...data,
    Buffer.from("abcdef4d61784d696e642e636f6d", "hex"),
    metadata,
  ]);
}

/** the next node, data, or nothing */
type Branch = number | { readonly offset: number } | undefined;

function place(nodes: [Branch, Branch][], bits: string, leaf: { readonly offset: number }): void {
  let at = 0;
  for (const [index, bit] of [...bits].entries()) {
    const node = nodes[at] as [Branch, Branch];
    const side = bit === "1" ? 1 : 0;
    if (index === bits.length - 1) {
      node[side] = leaf;
      return;
    }
    const next = node[side];
    if (typeof next === "number") at = next;
    else at = node[side] = nodes.push([undefined, undefined]) - 1;
  }
}

function tree(nodes: readonly (readonly [Branch, Branch])[]): Buffer {
  const bytes = Buffer.alloc(nodes.length * 6);
  for (const [index, node] of nodes.entries()) {
    for (const [side, branch] of node.entries()) {
      const value =
        branch === undefined ? nodes.length : typeof branch === "number" ? branch : nodes.length + 16 + branch.offset;
      bytes.writeUIntBE(value, index * 6 + side * 3, 3);
    }
  }
  return bytes;
}

function encode(value: Value): Buffer {
  if (typeof value === "string") return Buffer.concat([control(2, Buffer.byteLength(value)), Buffer.from(value)]);
  if (typeof value === "number") {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return Buffer.concat([control(6, 4), bytes]);
  }
  if (Array.isArray(value)) {
    const list = value as readonly Value[];
    return Buffer.concat([Buffer.from([list.length, 4]), ...list.map(encode)]);
  }
  const entries = Object.entries(value as Readonly<Record<string, Value>>);
  return Buffer.concat([control(7, entries.length), ...entries.flatMap(([name, one]) => [encode(name), encode(one)])]);
}

function control(type: number, size: number): Buffer {
  return size < 29 ? Buffer.from([(type << 5) | size]) : Buffer.from([(type << 5) | 29, size - 29]);
}
