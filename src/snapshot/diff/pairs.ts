/** Which entry of a new snapshot is which of the old one: the same path, or the same inode elsewhere. */
import { NONE, ROOT } from './entry-table.ts';
import type { EntryTable } from './entry-table.ts';

export class Pairs {
  readonly old: EntryTable;
  readonly new: EntryTable;
  /** By number of the one, that of the other; NONE where it is alone. */
  readonly toOld: Uint32Array;
  readonly toNew: Uint32Array;
  /** 1 for new entries that were elsewhere before. */
  readonly isMoved: Uint8Array;

  constructor(before: EntryTable, after: EntryTable) {
    this.old = before;
    this.new = after;
    this.toOld = new Uint32Array(after.count).fill(NONE);
    this.toNew = new Uint32Array(before.count).fill(NONE);
    this.isMoved = new Uint8Array(after.count);
    this.#pair(ROOT, ROOT);
    this.#pairBelow(ROOT, ROOT);
    this.#pairMoved();
  }

  #pair(before: number, after: number): void {
    this.toOld[after] = before;
    this.toNew[before] = after;
  }

  /** Pairs what has the same name in two directories that are one, and so on down. */
  #pairBelow(before: number, after: number): void {
    const waiting = [[before, after]];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const [oldDirectory, newDirectory] = next;
      const byName = new Map<string, number>();
      for (const child of this.old.childrenOf(oldDirectory))
        if (this.toNew[child] === NONE) byName.set(this.old.nameOf(child), child);
      if (byName.size === 0) continue;
      for (const child of this.new.childrenOf(newDirectory)) {
        if (this.toOld[child] !== NONE) continue;
        const same = byName.get(this.new.nameOf(child));
        // A file where a directory was is something else.
        if (same === undefined || this.old.isDirectory(same) !== this.new.isDirectory(child)) continue;
        byName.delete(this.new.nameOf(child));
        this.#pair(same, child);
        if (this.new.isDirectory(child)) waiting.push([same, child]);
      }
    }
  }

  /** Of what is alone on both sides: the same inode, and something beside the number that says so. */
  #pairMoved(): void {
    const alone = new Map<string, number>();
    for (let id = 0; id < this.old.count; id++) {
      const inode = this.toNew[id] === NONE ? this.old.inode(id) : undefined;
      if (inode !== undefined) alone.set(inode, id);
    }
    if (alone.size === 0) return;
    // Directories come before what is in them, so that what moved along is paired by its name.
    for (let id = 0; id < this.new.count; id++) {
      if (this.toOld[id] !== NONE) continue;
      const inode = this.new.inode(id);
      const before = inode === undefined ? undefined : alone.get(inode);
      if (before === undefined || this.toNew[before] !== NONE || !this.#isSame(before, id)) continue;
      this.#pair(before, id);
      this.isMoved[id] = 1;
      if (this.new.isDirectory(id)) this.#pairBelow(before, id);
    }
  }

  /** An inode's number is soon given to another file: name, or time and size, must not speak against it. */
  #isSame(before: number, after: number): boolean {
    const isDirectory = this.old.isDirectory(before);
    if (isDirectory !== this.new.isDirectory(after)) return false;
    const [from, to] = [this.old.nameOf(before), this.new.nameOf(after)];
    // As a log is rotated: "messages" to "messages-20261128" or "messages.1".
    if (from.startsWith(to) || to.startsWith(from)) return true;
    if (isDirectory && this.#haveCommonChild(before, after)) return true;
    const hasTime = this.old.mtimeOf(before) !== -Infinity;
    return (
      hasTime &&
      this.old.mtimeOf(before) === this.new.mtimeOf(after) &&
      (isDirectory || this.old.bytesOf(before) === this.new.bytesOf(after))
    );
  }

  #haveCommonChild(before: number, after: number): boolean {
    const names = new Map(
      Array.from(this.old.childrenOf(before), (child) => [this.old.nameOf(child), child]),
    );
    for (const child of this.new.childrenOf(after)) {
      const same = names.get(this.new.nameOf(child));
      if (same !== undefined && this.old.isSameInode(same, this.new, child)) return true;
    }
    return false;
  }
}
