import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { openCountries } from "./countries.ts";
import { openPlaces, PlacesProblem } from "./places.ts";
import { mmdb } from "./test-mmdb.ts";

const folder = mkdtempSync(join(tmpdir(), "places-"));
after(() => rmSync(folder, { recursive: true }));

function file(name: string, bytes: Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

const MADRID = {
  country: { iso_code: "ES" },
  subdivisions: [{ iso_code: "MD", names: { en: "Madrid" } }],
  city: { names: { en: 'Ma"drid' } },
};

describe("where an address is", () => {
  test("the table that comes with the program tells countries", async () => {
    const places = await openPlaces();
    assert.deepEqual(
      [places.find("8.8.8.8"), places.find("10.0.0.1"), places.json("8.8.8.8")],
      [{ country: "US" }, {}, ',"country":"US"'],
    );
    places.close();
  });

  test("several of the operator's own complete each other; what they say is JSON whatever it is", async () => {
    const city = file(
      "city.mmdb",
      mmdb("GeoLite2-City", {
        "203.0.113.0/24": MADRID,
        "198.51.100.0/25": { country_code: "PT", state1: "Lisboa", city: "Sintra" },
      }),
    );
    const asn = file(
      "asn.mmdb",
      mmdb("GeoLite2-ASN", {
        "203.0.113.0/24": { autonomous_system_number: 3352, autonomous_system_organization: "x" },
      }),
    );
    const country = await openCountries(`${city}, ${asn}`);
    assert.deepEqual([country("203.0.113.9"), country("198.51.100.200")], ["ES", undefined]);
    const { places } = country;
    assert.deepEqual(JSON.parse(`{"a":1${places?.json("203.0.113.9")}}`), {
      a: 1,
      country: "ES",
      region: "MD",
      city: 'Ma"drid',
      asn: 3352,
    });
    assert.deepEqual(places?.find("198.51.100.7"), { country: "PT", region: "Lisboa", city: "Sintra" });
    assert.deepEqual(
      places?.describe().map((one) => one.type),
      ["GeoLite2-City", "GeoLite2-ASN"],
    );
    places?.close();
  });

  for (const [what, make] of [
    ["is not there", () => join(folder, "nowhere.mmdb")],
    ["is no table", () => file("text.mmdb", Buffer.from("hello"))],
    ["breaks off", () => file("half.mmdb", mmdb("GeoLite2-City", { "203.0.113.0/24": MADRID }).subarray(0, 40))],
    ["is about something else", () => file("other.mmdb", mmdb("Connection-Type", { "203.0.113.0/24": { x: "y" } }))],
  ] as const) {
    test(`a file that ${what} is refused with its name`, async () => {
      const path = make();
      await assert.rejects(
        openPlaces({ paths: [path] }),
        (error: Error) => error instanceof PlacesProblem && error.message.includes(path),
      );
    });
  }

  test("a file that is replaced is read again; a broken one changes nothing", async () => {
    const path = file("live.mmdb", mmdb("GeoLite2-City", { "203.0.113.0/24": MADRID }));
    const troubles: string[] = [];
    const places = await openPlaces({ paths: [path], onTrouble: (error) => troubles.push(error.name) });
    assert.equal(places.find("203.0.113.1").city, 'Ma"drid');
    file("live.mmdb", Buffer.from("half a file"));
    await places.reload();
    assert.deepEqual([places.find("203.0.113.1").country, troubles], ["ES", ["PlacesProblem"]]);
    file("live.mmdb", mmdb("GeoLite2-City", { "203.0.113.0/24": { country: { iso_code: "FR" } } }));
    await places.reload();
    assert.deepEqual(places.find("203.0.113.1"), { country: "FR" });
    places.close();
  });
});
