/** What was probably meant by a word that means nothing. */

/** The nearest of `words`: one that starts with it, or differs in few letters; undefined where none is near. */
export function nearest(typed: string, words: readonly string[]): string | undefined {
  const most = Math.max(1, Math.floor(typed.length / 3));
  const near = words
    .map((word) => ({
      word,
      edits: word.startsWith(typed) && typed.length > 1 ? 0.5 : editsBetween(typed, word),
    }))
    .filter(({ edits }) => edits <= most)
    .toSorted((a, b) => a.edits - b.edits || a.word.length - b.word.length);
  return near[0]?.word;
}

/** Letters to add, leave out, replace or swap with their neighbour (optimal string alignment). */
function editsBetween(one: string, other: string): number {
  let [before, last]: [number[], number[]] = [
    [],
    Array.from({ length: other.length + 1 }, (_, index) => index),
  ];
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const isSame = one[i - 1] === other[j - 1];
      let edits = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (isSame ? 0 : 1));
      const isSwapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (isSwapped) edits = Math.min(edits, before[j - 2] + 1);
      row.push(edits);
    }
    [before, last] = [last, row];
  }
  return last[other.length];
}
