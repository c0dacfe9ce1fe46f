/** The JSON of a root's owners. */
import { toText } from '../../model/byte-string.ts';
import type { Owners } from '../../model/owners.ts';
import { pathJson } from './path.ts';

/** @param top how many packages and places to give. */
export function ownersJson({ users, byPackage }: Owners, top: number) {
  return {
    users: users.map(({ uid, name, diskBytes, entries }) => ({
      uid,
      name: name === undefined ? null : toText(name),
      diskBytes,
      entries,
    })),
    packages: byPackage
      ? {
          managers: byPackage.managers,
          count: byPackage.packages.length,
          owned: {
            diskBytes: byPackage.packages.reduce((sum, { diskBytes }) => sum + diskBytes, 0),
            entries: byPackage.packages.reduce((sum, { entries }) => sum + entries, 0),
          },
          generated: byPackage.generated,
          unowned: byPackage.unowned,
          directories: byPackage.directories,
          largest: byPackage.packages.slice(0, top).map(({ name, diskBytes, entries }) => ({
            name: toText(name),
            diskBytes,
            entries,
          })),
          unownedPlaces: byPackage.unownedPlaces.slice(0, top).map(({ path, whole, diskBytes, entries }) => ({
            ...pathJson(path),
            whole,
            diskBytes,
            entries,
          })),
        }
      : null,
  };
}
