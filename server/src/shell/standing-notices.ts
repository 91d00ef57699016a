import {
  answerCalls,
  type Db,
  namesOfStanding,
  noticeAlone,
  noticesTaken,
  type StandingNotice,
  standingNotices,
} from "../database/index.ts";

/** Takes payloads of one name, in their order. */
export type Taker = (payloads: readonly unknown[]) => Promise<void>;

/** Enough that what they share is read once, and few enough that the program may end in the meantime. */
const AT_ONCE = 200;

/** A job that stands for no notice of its own: it calls for whatever stands under its name. */
export function isCall(payload: unknown): boolean {
  return (payload as { readonly standing?: unknown } | null)?.standing === true;
}

export interface StandingNotices {
  /** Takes all that stands under a name. One of a name at a time: whoever comes meanwhile leaves it to the one that is there, which looks once more. */
  take(name: string): Promise<void>;
  takeAll(): Promise<void>;
}

/**
 * Notices that stand in their table are taken many at once and go when they are taken: after a kill in between they are taken again.
 * @param onTrouble a set failed: its notices are taken one by one, and those that fail alone become jobs of their own
 */
export function standingNoticesOf(
  db: Db,
  takers: ReadonlyMap<string, Taker>,
  onTrouble: (error: Error, name: string) => void,
): StandingNotices {
  const calledAgain = new Map<string, boolean>();
  const take = async (name: string): Promise<void> => {
    const taker = takers.get(name);
    if (taker === undefined) return;
    if (calledAgain.has(name)) {
      calledAgain.set(name, true);
      return;
    }
    try {
      do {
        calledAgain.set(name, false);
        await takeStanding(db, name, taker, onTrouble);
      } while (calledAgain.get(name) === true);
    } finally {
      calledAgain.delete(name);
    }
  };
  return {
    take,
    takeAll: async () => {
      for (const name of await namesOfStanding(db)) await take(name);
    },
  };
}

async function takeStanding(
  db: Db,
  name: string,
  take: Taker,
  onTrouble: (error: Error, name: string) => void,
): Promise<void> {
  for (;;) {
    // Before the look, never after it: a call that comes later speaks of notices that this look may not have seen.
    await answerCalls(db, name);
    const notices = await standingNotices(db, name, AT_ONCE);
    if (notices.length === 0) return;
    try {
      await take(notices.map(({ payload }) => payload));
    } catch (error) {
      onTrouble(error as Error, name);
      await takeOneByOne(db, notices, take);
      continue;
    }
    await noticesTaken(
      db,
      notices.map(({ id }) => id),
    );
    if (notices.length < AT_ONCE) return;
  }
}

async function takeOneByOne(db: Db, notices: readonly StandingNotice[], take: Taker): Promise<void> {
  for (const { id, payload } of notices) {
    const taken = await take([payload]).then(
      () => true,
      () => false,
    );
    await (taken ? noticesTaken(db, [id]) : noticeAlone(db, id));
  }
}
