import { countTeam, handOverTeam, returnTeam } from "../access/index.ts";
import { acceptedTerms, agreedPrograms, handOverAgreements, returnAgreements } from "../agreements/index.ts";
import { countHandedOver, handOverCustomers, programsOfCustomers, returnCustomers } from "../attribution/index.ts";
import type { Context } from "../database/index.ts";
import { dayOf } from "../kernel/period.ts";
import { balancesOf, bookMonths } from "../ledger/index.ts";
import type { MergeNeeds, Mover } from "../partners/index.ts";
import { payeesOf } from "../payees/index.ts";
import { handOverAccess, returnAccess } from "../programs/index.ts";
import { handOverCodes, handOverLinks, heldByProgram, returnCodes, returnLinks } from "../tracking/index.ts";
import { customerSurroundings } from "./customers.ts";

/**
 * What of the other rooms goes along when two partners become one. Money does not: what was booked stays with whom it was booked for. Links go where
 * clicks earn something: into programs in which the partner that stays has terms, or the other one has none either.
 */
export const mergeNeeds: MergeNeeds = {
  // In this order: terms first, since links go where the terms are.
  movers: [agreements(), links("links"), links("codes"), customers(), offerAccess(), team(), payees()],
  money: async (ctx, partnerIds) => {
    const months = await bookMonths(ctx, partnerIds);
    const books = [...new Map(months.map((one) => [`${one.partnerId} ${one.currency}`, one])).values()];
    const balances = await balancesOf(ctx, "partner_payable", books);
    return new Map(
      partnerIds.map((id) => {
        const booked = months.some((one) => one.partnerId === id);
        const open = books.filter((one, index) => one.partnerId === id && balances[index] !== 0n);
        return [id, { booked, open: open.map((one) => one.currency) }];
      }),
    );
  },
};

function agreements(): Mover {
  return {
    what: "agreements",
    look: async (ctx, from, to) => {
      const [theirs, ours] = [await agreedPrograms(ctx.db, from), await agreedPrograms(ctx.db, to)];
      if (await hasMoney(ctx, from))
        return { moved: 0, stays: theirs.length, why: theirs.length > 0 ? "money_booked" : "" };
      const moved = theirs.filter((program) => !ours.includes(program)).length;
      return { moved, stays: theirs.length - moved, why: moved < theirs.length ? "own_terms" : "" };
    },
    move: async (tx, from, to) => ((await hasMoney(tx, from)) ? [] : await handOverAgreements(tx, from, to)),
    back: returnAgreements,
  };
}

async function hasMoney(ctx: Context, partnerId: string): Promise<boolean> {
  return (await bookMonths(ctx, [partnerId])).length > 0;
}

function links(what: "links" | "codes"): Mover {
  const count = (rows: readonly { readonly links: number; readonly codes: number }[]) =>
    rows.reduce((sum, row) => sum + row[what], 0);
  const [move, back] = what === "links" ? [handOverLinks, returnLinks] : [handOverCodes, returnCodes];
  return {
    what,
    look: async (ctx, from, to) => {
      const held = await heldByProgram(ctx.db, from);
      const going = await openPrograms(ctx, from, to, held);
      const moved = count(held.filter((row) => going.includes(row.programId)));
      const stays = count(held) - moved;
      return { moved, stays, why: stays > 0 ? "no_terms_there" : "" };
    },
    move: async (tx, from, to) => {
      const held = await heldByProgram(tx.db, from);
      return await move(tx, from, to, await openPrograms(tx, from, to, held));
    },
    back,
  };
}

/** Programs into which links go: the one that stays has accepted terms there (or gets the other's), or the other has none either. */
async function openPrograms(
  ctx: Context,
  from: string,
  to: string,
  held: readonly { readonly programId: string }[],
): Promise<readonly string[]> {
  const pairs = held.flatMap(({ programId }) => [from, to].map((partnerId) => ({ partnerId, programId })));
  const accepted = new Set((await acceptedTerms(ctx.db, pairs)).map((one) => `${one.partnerId} ${one.programId}`));
  const moving = (await hasMoney(ctx, from)) ? [] : await agreedPrograms(ctx.db, from);
  const own = await agreedPrograms(ctx.db, to);
  return held
    .map((one) => one.programId)
    .filter(
      (id) =>
        accepted.has(`${to} ${id}`) || !accepted.has(`${from} ${id}`) || (moving.includes(id) && !own.includes(id)),
    );
}

/**
 * Customers of a partner of whom nothing was booked go along into the programs into which links go. Where money was booked, what they bring goes on
 * being booked for the other name, under its terms, and is paid by its payee.
 */
function customers(): Mover {
  const programsOf = async (ctx: Context, from: string, to: string): Promise<readonly string[]> => {
    if (await hasMoney(ctx, from)) return [];
    const all = (await programsOfCustomers(ctx.db, from)).map((programId) => ({ programId }));
    return await openPrograms(ctx, from, to, all);
  };
  return {
    what: "customers",
    look: async (ctx, from, to) => {
      const all = await countHandedOver(ctx, from, await programsOfCustomers(ctx.db, from));
      const moved = await countHandedOver(ctx, from, await programsOf(ctx, from, to));
      return { moved, stays: all - moved, why: all > moved ? "booked_there" : "" };
    },
    move: async (tx, from, to, actor) => {
      const programIds = await programsOf(tx, from, to);
      return await handOverCustomers(tx, actor, { from, to, programIds }, customerSurroundings);
    },
    back: (tx, handed, from, to, actor) => returnCustomers(tx, actor, { handed, from, to }, customerSurroundings),
  };
}

/** The people of the portal go along, with their roles, keys and open invitations. */
function team(): Mover {
  return {
    what: "portal_users",
    look: async (ctx, from) => ({ moved: await countTeam(ctx.db, from), stays: 0, why: "" }),
    move: handOverTeam,
    back: returnTeam,
  };
}

/** A payee stays with the name that it was approved for: whom somebody's earnings are paid to is two people's word, never a merge's. */
function payees(): Mover {
  return {
    what: "payees",
    look: async (ctx, from) => {
      const served = await payeesOf(ctx, [from], dayOf(ctx.clock.now(), "UTC"));
      const stays = new Set(served.map((one) => one.payeeId)).size;
      return { moved: 0, stays, why: stays > 0 ? "payee_stays" : "" };
    },
    move: async () => [],
    back: async () => undefined,
  };
}

/** Private offers that were open to one of them are open to both. */
function offerAccess(): Mover {
  return {
    what: "offer_access",
    look: async () => ({ moved: 0, stays: 0, why: "" }),
    move: handOverAccess,
    back: returnAccess,
  };
}
