/**
 * When a task that repeats is due next: the first of its dates that lies after now, so that three weeks of holidays do not leave three weeks of tasks. Months
 * count from the first date: the 31st is the last day of shorter months.
 */
export function nextDue(due: Date, every: "day" | "week" | "month", now: Date): Date {
  for (let step = 1; ; step++) {
    const next = stepped(due, every, step);
    if (next > now) return next;
  }
}

function stepped(due: Date, every: "day" | "week" | "month", steps: number): Date {
  if (every !== "month") return new Date(due.getTime() + steps * (every === "day" ? 1 : 7) * 86_400_000);
  const next = new Date(due);
  next.setUTCDate(1);
  next.setUTCMonth(due.getUTCMonth() + steps);
  const last = new Date(Date.UTC(next.getUTCFullYear(), next.getUTCMonth() + 1, 0)).getUTCDate();
  next.setUTCDate(Math.min(due.getUTCDate(), last));
  return next;
}
