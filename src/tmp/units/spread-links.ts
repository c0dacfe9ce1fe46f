/** Files whose names are spread over several units: their bytes come back with the last of them. */
import type { FileId } from '../../model/file-id.ts';
import type { TmpUnit } from '../../model/tmp-report.ts';
import type { LivingScanResult } from '../../scan/scan.ts';

/**
 * The units with what comes back where all that may go does, in this order: a file whose every name lies in one of those
 * counts for the last of them.
 */
export function countSpreadLinks(units: readonly TmpUnit[], { tree, life }: LivingScanResult): TmpUnit[] {
  const counted = [...units];
  if (!life || life.spread.length === 0) return counted;
  const { parent } = tree.columns;
  const byDirectory = new Map<number, number>();
  const byFile = new Map<FileId, number[]>();
  for (const [index, { verdict, kind, path, fingerprint }] of units.entries()) {
    if (verdict !== 'deletable' || !fingerprint) continue;
    const directory = kind === 'directory' ? tree.find(path) : undefined;
    if (directory !== undefined) byDirectory.set(directory, index);
    else byFile.set(fingerprint.identity.id, [...(byFile.get(fingerprint.identity.id) ?? []), index]);
  }
  for (const { id, diskBytes, directories } of life.spread) {
    const files = byFile.get(id) ?? [];
    const inDirectories = directories.flatMap((directory) => {
      let above = directory;
      while (above !== 0 && !byDirectory.has(above)) above = parent[above];
      return byDirectory.get(above) ?? [];
    });
    // A name right in a root is a unit itself.
    if (inDirectories.length + files.length < directories.length) continue;
    // All in one: the tree has counted it there.
    if (new Set([...inDirectories, ...files]).size < 2) continue;
    const last = Math.max(...inDirectories, ...files);
    const unit = counted[last];
    counted[last] = { ...unit, freeableBytes: unit.freeableBytes + diskBytes };
  }
  return counted;
}
