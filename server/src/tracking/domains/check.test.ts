import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkDomain, covers, type DomainNetwork, type NameAnswer, type ShownCertificate } from "./check.ts";

const NOW = new Date("2026-03-01T00:00:00Z");
const GOOD: ShownCertificate = {
  issuer: "An authority",
  names: ["go.brand.example"],
  validFrom: new Date("2026-01-01T00:00:00Z"),
  validTo: new Date("2026-06-01T00:00:00Z"),
  refused: undefined,
};
const HERE: NameAnswer = { aliases: [], addresses: ["203.0.113.9", "8.8.4.4"] };
const ALIAS: NameAnswer = { aliases: ["links.host.example"], addresses: ["8.8.4.4"] };

/** A network that a table makes up; addresses that were connected to are remembered. */
function network(name: NameAnswer | undefined, certificate: Partial<ShownCertificate> | Error, answers = true) {
  const touched: string[] = [];
  const made: DomainNetwork = {
    resolve: async (host) => {
      if (host === "links.host.example") return HERE;
      if (name === undefined) throw new Error("ENOTFOUND");
      return name;
    },
    certificate: async (address) => {
      touched.push(address);
      if (certificate instanceof Error) throw certificate;
      return { ...GOOD, ...certificate };
    },
    answers: async () => answers,
  };
  return { made, touched };
}

describe("a program's own host", () => {
  for (const [what, name, certificate, answers, works, codes] of [
    ["all is well", ALIAS, {}, true, true, "is_alias leads_here connected certificate_good answers"],
    ["no record", undefined, {}, true, false, "no_record"],
    ["an inside address", { aliases: [], addresses: ["10.0.0.7"] }, {}, true, false, "has_addresses private_address"],
    [
      "one public and one inside address",
      { aliases: [], addresses: ["8.8.4.4", "169.254.169.254"] },
      {},
      true,
      false,
      "has_addresses private_address",
    ],
    [
      "behind a delivery network",
      { aliases: [], addresses: ["1.1.1.1"] },
      {},
      true,
      true,
      "has_addresses leads_elsewhere connected certificate_good answers",
    ],
    [
      "a closed port",
      ALIAS,
      Object.assign(new Error("x"), { code: "ECONNREFUSED" }),
      true,
      false,
      "is_alias leads_here no_connection",
    ],
    [
      "a certificate of another name",
      ALIAS,
      { names: ["other.example"] },
      true,
      false,
      "is_alias leads_here connected wrong_name",
    ],
    [
      "a certificate for everything below",
      ALIAS,
      { names: ["*.brand.example"] },
      true,
      true,
      "is_alias leads_here connected certificate_good answers",
    ],
    [
      "an old certificate",
      ALIAS,
      { validTo: new Date("2026-02-01T00:00:00Z") },
      true,
      false,
      "is_alias leads_here connected expired",
    ],
    [
      "a certificate of its own making",
      ALIAS,
      { refused: "DEPTH_ZERO_SELF_SIGNED_CERT" },
      true,
      false,
      "is_alias leads_here connected not_trusted",
    ],
    [
      "a certificate that runs out",
      ALIAS,
      { validTo: new Date("2026-03-08T00:00:00Z") },
      true,
      true,
      "is_alias leads_here connected expires_soon answers",
    ],
    ["another server", ALIAS, {}, false, false, "is_alias leads_here connected certificate_good no_answer"],
  ] as const) {
    test(what, async () => {
      const { made, touched } = network(name, certificate as Partial<ShownCertificate> | Error, answers);
      const check = await checkDomain("go.brand.example", "links.host.example", made, NOW);
      const asked = check.steps.filter((step) => step.state !== "skipped");
      assert.equal(asked.map((step) => step.code).join(" "), codes);
      assert.deepEqual([check.works, check.steps.length], [works, 5]);
      for (const step of asked) if (step.state === "failed") assert.ok(step.hint, step.code);
      for (const address of touched) assert.doesNotMatch(address, /^(10|169)[.]/);
      assert.deepEqual(check.wanted[0], { type: "CNAME", name: "go.brand.example", value: "links.host.example" });
    });
  }

  test("only public addresses are named as records to set", async () => {
    const { made } = network(ALIAS, {});
    const inside: DomainNetwork = {
      ...made,
      resolve: async () => ({ aliases: [], addresses: ["127.0.0.1", "8.8.4.4"] }),
    };
    const check = await checkDomain("go.brand.example", "links.host.example", inside, NOW);
    assert.deepEqual(
      check.wanted.map((record) => record.value),
      ["links.host.example", "8.8.4.4"],
    );
  });

  for (const [name, host, covered] of [
    ["a.example", "A.example", true],
    ["*.a.example", "x.a.example", true],
    ["*.a.example", "y.x.a.example", false],
    ["*.a.example", "a.example", false],
    ["*.example", "x.a.example", false],
  ] as const) {
    test(`${name} ${covered ? "covers" : "does not cover"} ${host}`, () => assert.equal(covers(name, host), covered));
  }
});
