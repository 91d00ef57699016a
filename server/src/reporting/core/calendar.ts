import { addDays, type Day } from "../../kernel/period.ts";
import { daysBetween } from "./funnel.ts";

/** All days of a half-open range. */
export function daysOf(from: Day, to: Day): Day[] {
  return Array.from({ length: Math.max(0, daysBetween(from, to)) }, (_, index) => addDays(from, index));
}

/** Monday of a day's week. */
export function weekOf(day: Day): Day {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return addDays(day, -((weekday + 6) % 7));
}

/** The points of time of a chart, without gaps: days, Mondays or firsts of months; hours as `2026-03-01T13:00`. */
export function timesOf(grain: "hour" | "day" | "week" | "month", from: Day, to: Day): string[] {
  const days = daysOf(from, to);
  if (grain === "day") return days;
  if (grain === "week") return [...new Set(days.map(weekOf))];
  if (grain === "month") return [...new Set(days.map((day) => `${day.slice(0, 7)}-01`))];
  return days.flatMap((day) => Array.from({ length: 24 }, (_, hour) => `${day}T${String(hour).padStart(2, "0")}:00`));
}
