/**
 * Background work of a room, in its jobs.ts as `export function <room>Jobs(ctx: Context): Jobs`. The shell runs it in the worker.
 * Several rooms may have a task of the same name: a notice then goes to each of them.
 */
export type Jobs = {
  /** Task name (or the name of a notice) → what to do. It may run again after a failure, so it has to bear repetition. */
  readonly tasks?: Readonly<Record<string, (payload: unknown) => Promise<void>>>;
  /**
   * The same for notices that come by the thousand (`database.in_sets` names them): many payloads at once, in the order they were announced. One
   * that fails is tried again one by one, so it must not leave a part of them done that cannot be done twice.
   */
  readonly sets?: Readonly<Record<string, (payloads: readonly unknown[]) => Promise<void>>>;
  /** Tasks by the clock, in crontab's five fields, UTC. */
  readonly schedule?: readonly { readonly task: string; readonly cron: string }[];
};

/** Something that runs until it is stopped, such as the consumer of the intake log. */
export type Running = {
  /** Finishes what is in flight and then resolves. */
  stop(): Promise<void>;
};
