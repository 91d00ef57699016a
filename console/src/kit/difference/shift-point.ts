/** Moves the decimal point without any arithmetic on floating numbers; what is no number stays as it is. */
export function shiftPoint(text: string, places: 2 | -2): string {
  const match = /^(\d+)(?:\.(\d*))?$/.exec(text);
  if (match === null) return text;
  const [, whole = "", fraction = ""] = match;
  const digits = `00${whole}${fraction}00`;
  const point = 2 + whole.length + places;
  const before = digits.slice(0, point).replace(/^0+(?=\d)/, "");
  const after = digits.slice(point).replace(/0+$/, "");
  return after === "" ? before : `${before}.${after}`;
}
