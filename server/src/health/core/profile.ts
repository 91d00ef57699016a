import { type Course, DAY_HOURS, WEEK_CELLS } from "./course.ts";

/** How many events of the program's shape an own hour of the day, a weekday, a cell of the week is mixed with. */
const HOURS_PRIOR = 150;
const DAYS_PRIOR = 100;
const CELLS_PRIOR = 1_500;
/** A cell has been seen eight times at most: however many events, it holds as much of those very hours as of the week. */
const CELLS_MOST = 1_500;

/** From so many events on a day can be told from chance; beyond so many times the middle it is held. */
const LARGE_DAY = 20;
const HIGH_DAY = 1.35;

const FLAT = new Float64Array(WEEK_CELLS).fill(1);
/** No hour of the week is expected to be quite silent: a hundredth of the mean. */
const FLOOR = 0.01;

/** What fell into each cell of the week, per hour that was looked at, together with how much there was. */
export interface WeekCounts {
  readonly perHour: Float64Array;
  readonly events: number;
}

/** Counts of the hours from … until (exclusive) by cell of the week, as a rate per hour: weeks need not be whole. */
export function weekCounts(course: Course, from: number, until: number): WeekCounts {
  const counts = new Float64Array(WEEK_CELLS);
  const hours = new Float64Array(WEEK_CELLS);
  const weights = dayWeights(course, Math.max(0, from), until);
  let events = 0;
  for (let hour = Math.max(0, from); hour < until; hour++) {
    if (course.skipped[hour] !== 0) continue;
    const cell = course.cells[hour] as number;
    const weight = weights[Math.floor((until - 1 - hour) / DAY_HOURS)] as number;
    counts[cell] = (counts[cell] as number) + weight * (course.counts[hour] as number);
    hours[cell] = (hours[cell] as number) + 1;
    events += course.counts[hour] as number;
  }
  return { perHour: counts.map((count, cell) => (hours[cell] === 0 ? 0 : count / (hours[cell] as number))), events };
}

/**
 * What each day, counted back from `until`, is multiplied by: a day far above the middle of its weekdays is held there. One promotion on a Tuesday would
 * otherwise make every Tuesday look as if it should be large.
 */
function dayWeights(course: Course, from: number, until: number): Float64Array {
  const days = Math.ceil((until - from) / DAY_HOURS);
  const totals = new Float64Array(days);
  for (let hour = from; hour < until; hour++) {
    if (course.skipped[hour] !== 0) continue;
    const day = Math.floor((until - 1 - hour) / DAY_HOURS);
    totals[day] = (totals[day] as number) + (course.counts[hour] as number);
  }
  const middles = Array.from({ length: Math.min(7, days) }, (_, weekday) => {
    const alike = new Float64Array(Math.ceil((days - weekday) / 7));
    for (let week = 0; week < alike.length; week++) alike[week] = totals[weekday + 7 * week] as number;
    alike.sort();
    return alike.length < 3 ? Number.POSITIVE_INFINITY : (alike[alike.length >> 1] as number);
  });
  return totals.map((total, day) => {
    const most = HIGH_DAY * (middles[day % 7] as number);
    return total < LARGE_DAY || total <= most ? 1 : most / total;
  });
}

/** The program's shape: all its partners together, each counted alike up to its events. */
export function addWeeks(weeks: readonly WeekCounts[]): WeekCounts {
  const perHour = new Float64Array(WEEK_CELLS);
  let events = 0;
  for (const week of weeks) {
    for (let cell = 0; cell < WEEK_CELLS; cell++)
      perHour[cell] = (perHour[cell] as number) + (week.perHour[cell] as number);
    events += week.events;
  }
  return { perHour, events };
}

/**
 * The weekday and hour profile, mean 1 over a week: own hours of the day and own weekdays, each shrunk towards the prior's, multiplied; then own cells
 * shrunk towards that product. Shrinking is the posterior mean of a Dirichlet prior: (own + k · prior) / (n + k), with k events of
 * the prior (Gelman et al., "Bayesian Data Analysis", §3.4). With no events of its own a series has exactly the prior's shape.
 */
export function profileOf(week: WeekCounts, prior: Float64Array = FLAT): Float64Array {
  const own = shareOf(week.perHour);
  const of = shareOf(prior);
  const hours = shrink(byHour(own), byHour(of), week.events, HOURS_PRIOR);
  const days = shrink(byDay(own), byDay(of), week.events, DAYS_PRIOR);
  const priorHours = byHour(of);
  const priorDays = byDay(of);
  const product = new Float64Array(WEEK_CELLS);
  for (let cell = 0; cell < WEEK_CELLS; cell++) {
    const [day, hour] = [Math.floor(cell / DAY_HOURS), cell % DAY_HOURS];
    // what the prior knows of this very cell beyond its weekday and its hour
    const beyond = (of[cell] as number) / Math.max(1e-9, (priorDays[day] as number) * (priorHours[hour] as number));
    product[cell] = (days[day] as number) * (hours[hour] as number) * beyond;
  }
  const mixed = shrink(own, shareOf(product), Math.min(CELLS_MOST, week.events), CELLS_PRIOR);
  return shareOf(mixed.map((share) => Math.max(share, FLOOR / WEEK_CELLS))).map((share) => share * WEEK_CELLS);
}

function shareOf(values: Float64Array): Float64Array {
  const sum = values.reduce((total, value) => total + value, 0);
  return sum === 0 ? FLAT.map((one) => one / WEEK_CELLS) : values.map((value) => value / sum);
}

function shrink(own: Float64Array, prior: Float64Array, events: number, weight: number): Float64Array {
  return own.map((share, index) => (events * share + weight * (prior[index] as number)) / (events + weight));
}

function byHour(week: Float64Array): Float64Array {
  const sums = new Float64Array(DAY_HOURS);
  for (let cell = 0; cell < WEEK_CELLS; cell++) {
    const hour = cell % DAY_HOURS;
    sums[hour] = (sums[hour] as number) + (week[cell] as number);
  }
  return sums;
}

function byDay(week: Float64Array): Float64Array {
  const sums = new Float64Array(7);
  for (let cell = 0; cell < WEEK_CELLS; cell++) {
    const day = Math.floor(cell / DAY_HOURS);
    sums[day] = (sums[day] as number) + (week[cell] as number);
  }
  return sums;
}
