/** A place in a plan document as a list of steps. */
export type Path = readonly (string | number)[];

/** `components[0].amount` → ["components", 0, "amount"] */
export function readPath(text: string): Path {
  return [...text.matchAll(/[^.[\]]+|\[(\d+)\]/g)].map((part) => (part[1] === undefined ? part[0] : Number(part[1])));
}

/** ["components", 0, "amount"] → `components[0].amount` */
export function writePath(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    return text === "" ? step : `${text}.${step}`;
  }, "");
}
