/** Values of a golden run: plain JSON, told apart leaf by leaf. */

export type Values =
  | string
  | number
  | boolean
  | null
  | readonly Values[]
  | { readonly [name: string]: Values };

/** Every leaf by where it is: `findings › trash .Trash-1000 › diskBytes`. An empty list or object is a leaf too. */
export function leavesOf(values: Values): Map<string, string> {
  const leaves = new Map<string, string>();
  const visit = (at: readonly string[], value: Values): void => {
    const parts = value !== null && typeof value === 'object' ? Object.entries(value) : [];
    if (parts.length === 0) leaves.set(at.join(' › '), JSON.stringify(value));
    for (const [name, part] of parts) visit([...at, name], part);
  };
  visit([], values);
  return leaves;
}

/** One line for each leaf that is not as it was, in the order of the leaves; none where all are the same. */
export function differences(before: Values, now: Values): string[] {
  const [old, current] = [leavesOf(before), leavesOf(now)];
  const lines: string[] = [];
  for (const [at, was] of old) {
    const is = current.get(at);
    if (is === undefined) lines.push(`- ${at}: ${was}`);
    else if (is !== was) lines.push(`~ ${at}: ${was} → ${is}${changeOf(was, is)}`);
  }
  for (const [at, is] of current) if (!old.has(at)) lines.push(`+ ${at}: ${is}`);
  return lines;
}

function changeOf(was: string, is: string): string {
  const change = Number(is) - Number(was);
  return Number.isNaN(change) ? '' : ` (${change > 0 ? '+' : ''}${change})`;
}
