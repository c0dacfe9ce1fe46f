/** Directories whose contents already belong to somebody: patterns that may match anywhere do not count in there. */
import type { Place } from './places.ts';
import { TextIndex } from './text-index.ts';

/** What package managers and the system install: a `node_modules` in there is part of a program, not of a project. */
const installed = [
  '/bin /boot /etc /lib /lib64 /sbin /snap /var/lib',
  '/usr/bin /usr/include /usr/lib /usr/lib64 /usr/libexec /usr/sbin /usr/share /usr/local/bin /usr/local/lib /usr/local/share',
  '/Applications /Library /System /opt/homebrew /opt/local /nix /gnu',
].flatMap((line) => line.split(' '));

/** What the system installs, and every known place that is a directory with a fixed path. */
export function ownedDirectories(places: readonly Place[]): TextIndex<true> {
  const owned = new TextIndex<true>();
  for (const directory of installed) owned.set(directory, true);
  for (const { floating, glob, entry, root } of places) {
    if (!floating && glob === '' && entry.kind !== 'file') owned.set(root, true);
  }
  return owned;
}

/** Whether a directory above `path` is in `owned`. */
export function isOwned(path: string, owned: TextIndex<true>): boolean {
  for (let end = path.indexOf('/', 1); end > 0; end = path.indexOf('/', end + 1)) {
    if (owned.get(path, 0, end)) return true;
  }
  return false;
}
