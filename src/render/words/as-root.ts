/** What is said where root would see more. */

/** `line` is a shell line, never cut: it is to be pasted. */
export function asRootText(line: string): string {
  return `As root it shows more: ${line}`;
}
