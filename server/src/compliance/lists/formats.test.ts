import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { ListEntry } from "../core/names.ts";
import { ListProblem } from "./files.ts";
import { listSources } from "./folder.ts";
import { namesOf } from "./names-file.ts";

const data = join(
  process.env.TRIBUTARY_CONFORMANCE ?? join(import.meta.dirname, "../../../../../shared/data"),
  "due-diligence",
);
const missing = existsSync(data) ? false : `the folder ${data} is not there`;

async function read(path: string): Promise<ListEntry[]> {
  const entries: ListEntry[] = [];
  for (const source of (await listSources(path)).sources)
    for await (const entry of source.entries()) entries.push(entry);
  return entries;
}
const summary = ({ id, kind, names, births, countries, identifiers }: ListEntry) => ({
  id,
  kind,
  names: names.map(({ text, weak }) => (weak ? `(${text})` : text)),
  births,
  countries,
  identifiers,
});

describe("formats of lists, by their own words", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "lists-"));
  });
  after(() => rm(folder, { recursive: true }));
  const entriesOf = async (name: string, text: string) => {
    await writeFile(join(folder, name), text);
    return (await read(join(folder, name))).map(summary);
  };

  it("OFAC's advanced XML: names, dates, documents and places that name each other by number", async () => {
    const found = await entriesOf("SDN_ADVANCED.XML", ADVANCED);
    assert.deepEqual(found, [
      {
        id: "9001",
        kind: "person",
        names: ["VELASCO Tomas", "(EL RAYO)"],
        births: ["1971-05-09"],
        countries: ["CO"],
        identifiers: ["AN778899"],
      },
    ]);
  });

  it("the EU's CSV, one row for each name and birth", async () => {
    const head =
      "fileGenerationDate;Entity_LogicalId;Entity_Remark;Entity_SubjectType_ClassificationCode;NameAlias_LastName;NameAlias_FirstName;NameAlias_WholeName;BirthDate_BirthDate;Citizenship_CountryIso2Code;Identification_Number";
    const found = await entriesOf(
      "eu.csv",
      `${head}\n2026-01-01;77;x;P;;;Radomir Vukovic;;;\n2026-01-01;77;x;P;VUKOVIĆ;Radomir;;1959-02-03;RS;\n2026-01-01;78;;E;;;Drina Export;;;\n`,
    );
    assert.deepEqual(found, [
      {
        id: "77",
        kind: "person",
        names: ["Radomir Vukovic", "Radomir VUKOVIĆ"],
        births: ["1959-02-03"],
        countries: ["RS"],
        identifiers: [],
      },
      { id: "78", kind: "organization", names: ["Drina Export"], births: [], countries: [], identifiers: [] },
    ]);
  });

  it("OFSI's consolidated list as CSV and as XML", async () => {
    const head =
      "Name 6,Name 1,Name 2,Title,Name Non-Latin Script,DOB,Nationality,Country,Group Type,Alias Type,Alias Quality,Regime,Group ID";
    const rows =
      "ORLOV,Dmitri,Sergeevich,,,04/05/1966,Russia,,Individual,Primary name,,Russia,13001\nORLOV,Dima,,,,04/05/1966,Russia,,Individual,AKA,Low quality,Russia,13001\n";
    const wanted = {
      id: "13001",
      kind: "person",
      names: ["Dmitri Sergeevich ORLOV", "(Dima ORLOV)"],
      births: ["1966-05-04"],
      countries: ["RU"],
      identifiers: [],
    };
    assert.deepEqual(await entriesOf("ConList.csv", `Last Updated,12/01/2026\n${head}\n${rows}`), [wanted]);
    const target = (first: string, second: string, quality: string) =>
      `<FinancialSanctionsTarget><Name6>ORLOV</Name6><name1>${first}</name1><name2>${second}</name2><AliasQuality>${quality}</AliasQuality><Individual_DateOfBirth>04/05/1966</Individual_DateOfBirth><Individual_Nationality>Russia</Individual_Nationality><GroupTypeDescription>Individual</GroupTypeDescription><GroupID>13001</GroupID></FinancialSanctionsTarget>`;
    const xml = `<?xml version="1.0"?><ArrayOfFinancialSanctionsTarget xmlns="http://schemas.hmtreasury.gov.uk/ofsi/consolidatedlist">${target("Dmitri", "Sergeevich", "")}${target("Dima", "", "Low quality")}</ArrayOfFinancialSanctionsTarget>`;
    assert.deepEqual(await entriesOf("ConList.xml", xml), [wanted]);
  });

  it("OpenSanctions' simple table, and a bank's own file with any separator", async () => {
    const simple =
      'id,schema,name,aliases,birth_date,countries,addresses,identifiers,sanctions,dataset\nQ1,Person,Aurelio Bianchi,"Aurel Bianchi;A. Bianchi",1950,it,,"X-12345",,it_politicians\n';
    assert.deepEqual(await entriesOf("targets.simple.csv", simple), [
      {
        id: "Q1",
        kind: "person",
        names: ["Aurelio Bianchi", "Aurel Bianchi", "A. Bianchi"],
        births: ["1950"],
        countries: ["IT"],
        identifiers: ["X12345"],
      },
    ]);
    assert.deepEqual(
      await entriesOf("own.csv", "Last Name;First Name;Date of birth;Nationality\nKowalski;Jan;1.2.1970;Poland\n"),
      [
        {
          id: "line-2",
          kind: "unknown",
          names: ["Jan Kowalski"],
          births: ["1970-02-01"],
          countries: ["PL"],
          identifiers: [],
        },
      ],
    );
  });

  it("says in one sentence what is no list", async () => {
    await writeFile(join(folder, "amounts.csv"), "amount,currency\n1,EUR\n");
    await assert.rejects(
      listSources(join(folder, "amounts.csv")),
      (error) => error instanceof ListProblem && /no list of a known format/.test(error.message),
    );
    await writeFile(join(folder, "broken.xml"), "<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL></CONSOLIDATED_LIST>");
    await assert.rejects(read(join(folder, "broken.xml")), ListProblem);
    const bomb =
      '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY f SYSTEM "file:///etc/passwd">]><CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>&f;</FIRST_NAME></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>';
    await writeFile(join(folder, "entity.xml"), bomb);
    await assert.rejects(read(join(folder, "entity.xml")), ListProblem);
  });

  it("tells the files of a folder that it did not read", async () => {
    await writeFile(join(folder, "list.ods"), "PK");
    const { skipped } = await listSources(folder);
    const reason = skipped.find(({ file }) => file.endsWith("list.ods"))?.reason ?? "";
    assert.match(reason, /is a spreadsheet: use the list's XML or CSV/);
  });

  it("guesses the column of names, and says which there are where it cannot", async () => {
    const names = async (text: string, column?: string) => {
      await writeFile(join(folder, "n.csv"), text);
      const found = [];
      for await (const { asked } of namesOf(join(folder, "n.csv"), column === undefined ? {} : { column }))
        found.push(asked);
      return found;
    };
    assert.deepEqual(await names("id;Full Name;DOB;Country\n1;Ana Ruiz;1980-01-02;Spain\n"), [
      { name: "Ana Ruiz", births: ["1980-01-02"], countries: ["ES"] },
    ]);
    assert.deepEqual(await names("Ana Ruiz\nLuis Paz\n"), [{ name: "Ana Ruiz" }, { name: "Luis Paz" }]);
    assert.deepEqual(await names("name,type\nRuiz & Paz,partnership\nAna Ruiz,P\n"), [
      { name: "Ruiz & Paz", kind: "organization" },
      { name: "Ana Ruiz", kind: "person" },
    ]);
    assert.deepEqual(await names("a,b\n1,Ana Ruiz\n", "2"), [{ name: "Ana Ruiz" }]);
    await assert.rejects(names("a,b\n1,Ana Ruiz\n"), /name it with --column; there are a, b\./);
    await assert.rejects(names("PK\x03\x04\x14"), /is a workbook or an archive: save its names as CSV/);
  });
});

describe("lists as they are published", { skip: missing }, () => {
  it("extracts of OFAC and the EU come to what another project expects of them", async () => {
    const expected = JSON.parse(readFileSync(join(data, "eu-uk/expected.json"), "utf8"));
    for (const file of ["ofac-sdn-extract.xml", "eu-fsf-extract.xml"]) {
      const found = await read(join(data, "eu-uk", file));
      const strong = found.map(({ id, names }) => [id, names.filter(({ weak }) => !weak).map(({ text }) => text)]);
      assert.deepEqual(
        strong,
        expected[file].map(({ uid, names }: { uid: string; names: string[] }) => [uid, names]),
      );
    }
  });

  it("the UK's list, the UN's and OFAC's with their aliases, dates and countries", async () => {
    const uk = (await read(join(data, "eu-uk/uk-sanctions-list-1.csv"))).map(summary);
    assert.deepEqual(uk[1], {
      id: "AFG0006",
      kind: "person",
      names: ["MOHAMMAD HASSAN AKHUND", "محمد حسن آخوند"],
      births: ["1958-01-01"],
      countries: ["AF"],
      identifiers: ["A1234567", "12345"],
    });
    const un = await read(join(data, "un"));
    assert.deepEqual([un.length, un[0]?.births, un[0]?.countries], [1003, ["1971"], ["CD", "RW"]]);
    const mini = (await read(join(data, "ofac-mini"))).map(summary);
    assert.deepEqual(mini[0], {
      id: "10278",
      kind: "person",
      names: ["LOGAN MOREY, Elvis Angus", "(BURTON BURGESS)"],
      births: ["1963-07-28"],
      countries: ["BZ", "US"],
      identifiers: ["P0017003", "561779011"],
    });
  });
});

const ADVANCED = `<?xml version="1.0" encoding="utf-8"?><Sanctions xmlns="https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ADVANCED_XML">
<ReferenceValueSets><CountryValues><Country ID="11039" ISO2="CO">Colombia</Country></CountryValues><FeatureTypeValues><FeatureType ID="8">Birthdate</FeatureType><FeatureType ID="10">Nationality Country</FeatureType></FeatureTypeValues>
<PartySubTypeValues><PartySubType ID="4" PartyTypeID="1">Unknown</PartySubType></PartySubTypeValues><PartyTypeValues><PartyType ID="1">Individual</PartyType></PartyTypeValues></ReferenceValueSets>
<Locations><Location ID="77"><LocationCountry CountryID="11039"/></Location></Locations>
<IDRegDocuments><IDRegDocument ID="5" IdentityID="300"><IDRegistrationNo>AN 778899</IDRegistrationNo></IDRegDocument></IDRegDocuments>
<DistinctParties><DistinctParty FixedRef="9001"><Profile ID="9001" PartySubTypeID="4"><Identity ID="300">
<Alias Primary="false" LowQuality="true"><DocumentedName><DocumentedNamePart><NamePartValue>EL RAYO</NamePartValue></DocumentedNamePart></DocumentedName></Alias>
<Alias Primary="true" LowQuality="false"><DocumentedName><DocumentedNamePart><NamePartValue>VELASCO</NamePartValue></DocumentedNamePart><DocumentedNamePart><NamePartValue>Tomas</NamePartValue></DocumentedNamePart></DocumentedName></Alias></Identity>
<Feature FeatureTypeID="8"><FeatureVersion><DatePeriod><Start><From><Year>1971</Year><Month>5</Month><Day>9</Day></From></Start><End><To><Year>1971</Year><Month>5</Month><Day>9</Day></To></End></DatePeriod></FeatureVersion></Feature>
<Feature FeatureTypeID="10"><FeatureVersion><VersionLocation LocationID="77"/></FeatureVersion></Feature></Profile></DistinctParty></DistinctParties>
<SanctionsEntries><SanctionsEntry ProfileID="9001"><SanctionsMeasure><Comment>SDNTK</Comment></SanctionsMeasure></SanctionsEntry></SanctionsEntries></Sanctions>`;
