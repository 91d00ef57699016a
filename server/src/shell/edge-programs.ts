import { touchDaysOf } from "../attribution/index.ts";
import type { Db } from "../database/index.ts";
import { allPrograms } from "../programs/index.ts";
import { type EdgeCatalogue, edgeCatalogue } from "../tracking/index.ts";

/** What the edge answers from, with the life of its cookies as the programs' rules of attribution ask. */
export async function catalogueOf(db: Db, now: Date): Promise<EdgeCatalogue> {
  const [catalogue, programs] = await Promise.all([edgeCatalogue(db), allPrograms(db)]);
  const days = await touchDaysOf(db, programs, now);
  return {
    ...catalogue,
    programs: catalogue.programs.map((program) => {
      const own = days.get(program.programId);
      if (own === undefined) return program;
      const views = own.impressionDays === null ? {} : { viewWindowDays: own.impressionDays };
      return { ...program, clickWindowDays: own.clickDays, ...views };
    }),
  };
}
