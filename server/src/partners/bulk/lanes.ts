/** Parts of a bulk change that are worked on at a time: the database writes one while the next is got ready. */
const LANES = 2;

/** Which rows a step takes: those that nobody else has claimed, or any, waiting for whoever claimed them. */
export type Claim = "free" | "any";

/**
 * Takes step after step, in lanes beside one another, until none finds anything more. The last look waits for what others still hold, so that nothing is
 * left behind when a process that died gives its rows back. A failure ends all lanes, and is thrown when they stand still.
 * @param step claims rows, works on them, and says how many they were
 * @param inOrder one step after the other, for rows that depend on each other
 */
export async function inLanes(step: (claim: Claim) => Promise<number>, inOrder: boolean): Promise<void> {
  let failed = false;
  const lane = async (claim: Claim): Promise<void> => {
    try {
      while (!failed && (await step(claim)) > 0);
    } catch (error) {
      failed = true;
      throw error;
    }
  };
  if (!inOrder) {
    const ends = await Promise.allSettled(Array.from({ length: LANES }, () => lane("free")));
    for (const end of ends) if (end.status === "rejected") throw end.reason;
  }
  await lane("any");
}

/** Runs work while `next` gets more of it ready: one piece at a time, in order, and none is under way when this returns or throws. */
export async function oneAhead(
  next: (put: (piece: () => Promise<void>) => Promise<void>) => Promise<void>,
): Promise<void> {
  let running: Promise<void> = Promise.resolve();
  try {
    await next((piece) => {
      const before = running;
      running = before.then(piece);
      running.catch(() => undefined);
      return before;
    });
  } finally {
    await Promise.allSettled([running]);
  }
  await running;
}
