import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { explain } from "./explain.ts";
import type { Asked, EntityKind, ListEntry } from "./names.ts";
import { createScreen, DEFAULT_THRESHOLD, verdictOf } from "./screen.ts";

function entry(id: string, kind: EntityKind, names: readonly string[], more: Partial<ListEntry> = {}): ListEntry {
  const listed = names.map((text) => ({ text, weak: false }));
  return {
    list: "test",
    id,
    kind,
    topic: "sanction",
    names: listed,
    births: [],
    countries: [],
    identifiers: [],
    programs: [],
    remarks: "",
    ...more,
  };
}

function best(asked: Asked, ...entries: ListEntry[]) {
  return createScreen(entries).search(asked, 0.3)[0];
}
const score = (asked: string, listed: string, kind: EntityKind = "person") =>
  best({ name: asked, kind }, entry("1", kind, [listed]))?.score ?? 0;

// asked, listed, kind: each pair is of one party
const SAME: readonly (readonly [string, string, EntityKind])[] = [
  ["Ivanova Tatiana Petrovna", "IVANOVA, Tatyana Petrovna", "person"],
  ["Дмитрий Сергеевич Орлов", "ORLOV, Dmitri", "person"],
  ["يوسف منصور", "MANSOUR, Youssef", "person"],
  ["Γεώργιος Παπαδόπουλος", "Georgios Papadopoulos", "person"],
  ["דוד כהן", "David Cohen", "person"],
  ["김영수", "Kim Yong Su", "person"],
  ["田中太郎", "TANAKA, Taro", "person"],
  ["王建国", "Wang Jianguo", "person"],
  ["Abd al-Rahman al-Harbi", "Abdurrahman Alharbi", "person"],
  ["Saif al-Din Nasser", "Sayfuddin Nassir", "person"],
  ["J. R. Castellanos", "Jorge Rafael Castellanos", "person"],
  ["Dr. Helmut Brandstetter", "BRANDSTETTER, Helmut", "person"],
  ["Stephen King", "KING, Stephen", "person"],
  ["Mr. John Prince", "PRINCE, John", "person"],
  ["Abdallah Hafidh", "HAFIZ, Abdullah", "person"],
  ["Guillermo Ortuño", "William Ortuno", "person"],
  ["MarekZielinski", "Marek Zieliński", "person"],
  ["Zarinpal Trade L.L.C.", "ZARINPAL TRADE LIMITED LIABILITY COMPANY", "organization"],
  ["OOO Severny Veter", "Severnyy Veter LLC", "organization"],
  ["ООО «Северный ветер»", "Severny Veter", "organization"],
  ["The Blue-Harbour Shipping Co., Ltd", "Blue Harbor Shipping Company Limited", "organization"],
  ["Third Logistics Brigade", "3rd Logistics Brigade", "organization"],
  ["Alonso Ferrera y Compañia S en CS", "ALONSO FERRERA Y CIA. S. EN C.S.", "organization"],
  ["N.I.T.C.", "National Iranian Tanker Company", "organization"],
];

// and each of these of two
const OTHERS: readonly (readonly [string, string, EntityKind])[] = [
  ["Ahmed Hassan Al-Masri", "Ahmed Hassan Al-Tikriti", "person"],
  ["Sergei Viktorovich Orlov", "Sergei Borisovich Orlov", "person"],
  ["Juan Carlos Mendoza", "Juan Carlos Villanueva", "person"],
  ["Maria Garcia", "Mario Gutierrez", "person"],
  ["Wang Wei", "WEI, Zhang", "person"],
  ["Li Na", "LENA", "person"],
  ["Chen Jie", "CHI, Chun", "person"],
  ["Petra", "Petra Novakova", "person"],
  ["Omar bin Khalid", "Khalid bin Omar", "person"],
  ["A. B.", "Anton Borisov", "person"],
  ["Bank of Estonia", "Bank of Ethiopia", "organization"],
  ["Global Trading Company Ltd", "Oriental Trading Company Ltd", "organization"],
  ["Zenith Oil Services", "Zenith Gas Services", "organization"],
  ["김영수", "김영호", "person"],
];

describe("names", () => {
  for (const [asked, listed, kind] of SAME)
    it(`${asked} is ${listed}`, () =>
      assert.ok(score(asked, listed, kind) >= DEFAULT_THRESHOLD, String(score(asked, listed, kind))));
  for (const [asked, listed, kind] of OTHERS)
    it(`${asked} is not ${listed}`, () =>
      assert.ok(score(asked, listed, kind) < DEFAULT_THRESHOLD, String(score(asked, listed, kind))));
});

describe("what is known beside the name", () => {
  const listed = entry("1", "person", ["ROSALES, Martin Eduardo"], {
    births: ["1961-03-04"],
    countries: ["CO"],
    identifiers: ["AB123456"],
  });
  const of = (more: Partial<Asked>) => best({ name: "Martin Rosales", kind: "person", ...more }, listed)?.score ?? 0;

  it("raises or lowers the score", () => {
    assert.ok(of({ births: ["1961-03-04"] }) > of({}));
    assert.ok(of({ births: ["1961-04-03"] }) > of({}), "day and month the other way round");
    assert.ok(of({ births: ["1985-01-01"] }) < DEFAULT_THRESHOLD);
    assert.ok(of({ countries: ["SE"] }) < of({}) && of({ countries: ["CO"] }) > of({}));
  });

  it("is found by the number of a document whatever the name", () => {
    const hit = best({ name: "Somebody Else", identifiers: ["AB123456"] }, listed);
    assert.deepEqual([hit?.entry.id, hit?.evidence[0]?.what], ["1", "identifier"]);
  });

  it("says which word met which, and what it cost", () => {
    const hit = best({ name: "Martyn Rosales", kind: "person", births: ["1961"] }, listed);
    assert.ok(hit);
    const said = explain(hit).join("; ");
    assert.match(said, /"martyn" is another spelling of "martin"/);
    assert.match(said, /"eduardo" is only in the listed name, −0\.\d\d/);
    assert.match(said, /date of birth nearly agrees/);
    assert.equal(verdictOf([hit], DEFAULT_THRESHOLD), hit.score >= 0.93 ? "match" : "review");
  });
});
