/** Text as it stands in a LIKE pattern: what LIKE would take for a wildcard is itself. */
export function likeText(text: string): string {
  return text.replaceAll(/[\\%_]/g, "\\$&");
}
