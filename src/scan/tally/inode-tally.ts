/** Inodes met while a tree was read, for those who learn only afterwards which of them somebody holds. */
import { growColumns } from './columns.ts';

const emptyInodeRows = () => ({
  /** Number of its directory; its own for a directory. */
  directory: new Uint32Array(16),
  device: new Uint32Array(16),
  inodeHigh: new Uint32Array(16),
  inodeLow: new Uint32Array(16),
});
export type InodeRows = ReturnType<typeof emptyInodeRows>;

export class InodeTally {
  readonly rows = emptyInodeRows();
  count = 0;

  add(directory: number, device: number, inodeHigh: number, inodeLow: number): void {
    const { rows } = this;
    const at = this.count++;
    if (at >= rows.directory.length) growColumns(rows, at + 1);
    rows.directory[at] = directory;
    rows.device[at] = device;
    rows.inodeHigh[at] = inodeHigh;
    rows.inodeLow[at] = inodeLow;
  }
}
