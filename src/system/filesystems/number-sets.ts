/** Sets of numbers, each kept once and told by a number of its own: many things lie in few different sets. */
export class NumberSets {
  /** The set of none. */
  static readonly empty = 0;
  readonly #members: (readonly number[])[] = [[]];
  readonly #byMembers = new Map<string, number>([['', NumberSets.empty]]);
  /** By the two sets that were joined. */
  readonly #unions = new Map<string, number>();

  of(numbers: readonly number[]): number {
    const members = [...new Set(numbers)].toSorted((a, b) => a - b);
    const key = members.join(' ');
    let set = this.#byMembers.get(key);
    if (set === undefined) {
      set = this.#members.push(members) - 1;
      this.#byMembers.set(key, set);
    }
    return set;
  }

  union(a: number, b: number): number {
    if (a === b || b === NumberSets.empty) return a;
    if (a === NumberSets.empty) return b;
    const key = `${a} ${b}`;
    let set = this.#unions.get(key);
    if (set === undefined) {
      set = this.of([...this.#members[a], ...this.#members[b]]);
      this.#unions.set(key, set);
    }
    return set;
  }

  members(set: number): readonly number[] {
    return this.#members[set];
  }
}
