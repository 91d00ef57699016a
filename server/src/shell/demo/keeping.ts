import { NewContact } from "@tributary/contract";
import { type ListSource, loadList, ScreenMemory, screenPartners } from "../../compliance/index.ts";
import { type Context, transact } from "../../database/index.ts";
import { createContact } from "../../partners/index.ts";
import { previewPerson, proposeErasure } from "../../privacy/index.ts";
import { privacyNeeds } from "../privacy.ts";
import type { SampleRecords } from "./records.ts";
import type { PartnerPlan } from "./world.ts";

/** Somebody whose name is on a list of the house, to be decided about, and somebody who wants to be forgotten, which waits for a second person. */
export async function writeKeeping(
  ctx: Context,
  { cast, partnerIds }: SampleRecords,
  partners: readonly PartnerPlan[],
): Promise<void> {
  const [listed, leaving] = partners.filter(({ portalUser }) => portalUser === undefined).toReversed();
  const listedId = partnerIds.get(listed?.code ?? "");
  if (listed !== undefined && listedId !== undefined) {
    const newcomer = { name: "Ottilie Marchetti-Vogel", email: "ottilie@partner.example", role: "New head of media" };
    await createContact(ctx, cast.operations, listedId, NewContact.parse(newcomer));
    await loadList(ctx, cast.administrator, houseList(listed));
    await screenPartners(ctx, new ScreenMemory(), [...partnerIds.values()]);
  }
  const leavingId = partnerIds.get(leaving?.code ?? "");
  if (leavingId === undefined) return;
  await transact(ctx, async (tx) => {
    const former = { name: "Dana Whitlock", email: "dana.whitlock@partner.example", role: "Former media buyer" };
    const contact = await createContact(tx, cast.operations, leavingId, NewContact.parse(former));
    const person = { subjectKind: "contact", subjectId: contact.id } as const;
    const { hash } = await previewPerson(tx, cast.administrator, person, privacyNeeds);
    const reason = "Left the company and asked by mail to be forgotten";
    await proposeErasure(tx, cast.administrator, { ...person, reason, hash }, privacyNeeds);
  });
}

/** Made-up people in public office, one of whom is called as a partner's contact is. */
function houseList({ country }: PartnerPlan): ListSource {
  const entry = (id: string, name: string, births: readonly string[], countries: readonly string[]) => ({
    ...{ list: "house-officials", id, kind: "person" as const, topic: "pep" as const, births, countries },
    ...{ names: [{ text: name, weak: false }], identifiers: [], programs: ["municipal office"] },
    remarks: "Made up for the sample: nobody of this name is meant.",
  });
  return {
    ...{ list: "house-officials", path: "house-officials.csv", format: "csv" },
    entries: async function* () {
      yield entry("official-1", "MARCHETTI VOGEL, Ottilia", ["1968"], [country]);
      yield entry("official-2", "Aurelio Brandt-Kovacs", ["1959-04-02"], ["CZ"]);
    },
  };
}
