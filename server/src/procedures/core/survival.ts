/** A time that was measured: to its end, or only until now. */
export interface Lasting {
  readonly length: number;
  /** False: it still runs, or was broken off, so that its true length is at least this. */
  readonly ended: boolean;
}

/**
 * The length within which a share has ended, with what still runs counted for what it is: at least that long. Leaving running ones out would make a stage where
 * everybody is stuck look fast. Kaplan and Meier, Nonparametric Estimation from Incomplete Observations, 1958.
 * @param share 0.5: the median
 * @returns null while fewer than the share can be said to have ended
 */
export function lengthWithin(times: readonly Lasting[], share: number): number | null {
  const sorted = [...times].sort((one, other) => one.length - other.length);
  let surviving = 1;
  for (let at = 0; at < sorted.length; ) {
    const length = sorted[at]?.length ?? 0;
    const atRisk = sorted.length - at;
    let ended = 0;
    for (; at < sorted.length && sorted[at]?.length === length; at++) if (sorted[at]?.ended) ended += 1;
    surviving *= 1 - ended / atRisk;
    if (ended > 0 && surviving <= 1 - share + 1e-12) return length;
  }
  return null;
}
