/** The links to inodes with more than one that a thread has met: counted when all threads are done. */
import { growColumns } from './columns.ts';
import type { EntryStat } from './entry-stat.ts';
import { emptyLinks } from './tally-rows.ts';

export class LinkTally {
  readonly rows = emptyLinks();
  count = 0;

  /** Notes a link in directory number `directory` below root number `root`. */
  add(stat: EntryStat, directory: number, root: number, type: number): void {
    const link = this.count++;
    const links = this.rows;
    if (link >= links.device.length) growColumns(links, link + 1);
    links.device[link] = stat.device;
    links.inodeLow[link] = stat.inodeLow;
    links.inodeHigh[link] = stat.inodeHigh;
    links.links[link] = stat.links;
    links.directory[link] = directory;
    links.root[link] = root;
    links.blocks[link] = stat.blocks;
    links.size[link] = stat.size;
    links.mtime[link] = stat.mtime;
    links.mode[link] = stat.mode;
    links.type[link] = type;
  }
}
