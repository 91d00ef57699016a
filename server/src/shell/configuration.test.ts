import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, it } from "node:test";
import { configurationReference, readConfiguration } from "./configuration.ts";
import { StartupProblem } from "./startup-problem.ts";

describe("configuration", () => {
  it("needs nothing", () => {
    const configuration = readConfiguration({});
    assert.equal(configuration.dataDirectory, resolve("data"));
    assert.equal(configuration.port, 3000);
    assert.equal(configuration.publicUrl, "http://localhost:3000");
    assert.equal(configuration.role, "all");
    assert.deepEqual(configuration.trustedProxies, []);
  });

  it("reads the environment, and the command line wins over it", () => {
    const environment = { PORT: "8080", TRIBUTARY_DATA_DIR: "/srv/a", TRUSTED_PROXIES: "10.0.0.0/8, ::1", HOST: "" };
    const configuration = readConfiguration(environment, { dataDirectory: "/srv/b" });
    assert.equal(configuration.port, 8080);
    assert.equal(configuration.dataDirectory, "/srv/b");
    assert.deepEqual(configuration.trustedProxies, ["10.0.0.0/8", "::1"]);
    assert.equal(configuration.host, undefined);
    const socket = "postgresql://me@/db?host=/run/postgresql";
    assert.equal(readConfiguration({ DATABASE_URL: socket }).databaseUrl, socket);
    assert.equal(readConfiguration({ PUBLIC_URL: "https://p.example.com//" }).publicUrl, "https://p.example.com");
  });

  const refusals: [NodeJS.ProcessEnv, RegExp][] = [
    [{ PORT: "http" }, /^PORT is "http", but it must be a whole number; see docs/],
    [{ PORT: "70000" }, /^PORT is "70000", but it must be between 0 and 65535/],
    [{ DATABASE_URL: "mysql://root:hunter2@db/x" }, /^DATABASE_URL must look like postgresql:/],
    [{ TRIBUTARY_ROLE: "boss" }, /^TRIBUTARY_ROLE is "boss"/],
    [{ TRIBUTARY_SECRET: "short" }, /^TRIBUTARY_SECRET must have at least 32 characters/],
    [{ PUBLIC_URL: "partners.example.com" }, /^PUBLIC_URL/],
  ];
  for (const [environment, message] of refusals) {
    it(`refuses ${JSON.stringify(environment)} in one sentence, without showing a secret`, () => {
      assert.throws(
        () => readConfiguration(environment),
        (error: unknown) => {
          assert.ok(error instanceof StartupProblem);
          assert.match(error.message, message);
          assert.doesNotMatch(error.message, /hunter2|short"/);
          return true;
        },
      );
    });
  }

  it("is documented as it is (npm run generate)", () => {
    const page = readFileSync(join(import.meta.dirname, "../../../docs/reference/configuration.md"), "utf8");
    assert.equal(page, configurationReference());
  });
});
