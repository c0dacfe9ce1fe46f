/** The lists of inodes that a thread knows: of each mount one, or one for each of its subvolumes. */
import type { InodeList } from './inode-list.ts';

export class InodeLists {
  readonly #byMount = new Map<number, InodeList[]>();
  /** Those with something left to be listed. */
  #unfilled: InodeList[] = [];

  add(list: InodeList): void {
    const { mountId } = list.volume;
    const lists = this.#byMount.get(mountId) ?? [];
    this.#byMount.set(mountId, [...lists, list]);
    this.#unfilled.push(list);
  }

  /**
   * The list for a directory that is about to be read; undefined where it is on none.
   * @param deviceOf the directory's device, asked only where the mount alone does not tell.
   */
  enter(mountId: number, deviceOf: () => number): InodeList | undefined {
    const lists = this.#byMount.get(mountId);
    if (!lists) return undefined;
    const [only] = lists;
    const isOne = only.volume.listing.type === 'xfs';
    const device = isOne ? only.volume.device : deviceOf();
    const list = isOne ? only : lists.find(({ volume }) => volume.device === device);
    list?.want();
    return list;
  }

  /** Lists some more inodes where directories are read; false where nothing is left for this thread to do. */
  fillSome(): boolean {
    if (this.#unfilled.length === 0) return false;
    for (const list of this.#unfilled) {
      if (!list.isWanted) continue;
      if (list.fillSome()) return true;
      this.#unfilled = this.#unfilled.filter((other) => other !== list);
    }
    return false;
  }
}
