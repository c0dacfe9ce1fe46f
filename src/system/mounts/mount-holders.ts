/** Mounts that show a part of a unit somewhere else, or cover one: in this mount namespace and in others. */
import { isInside } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Mount } from '../../model/mount.ts';
import type { TmpHolder } from '../../model/tmp-reason.ts';
import { readProcess } from '../processes/process-identity.ts';
import type { ForeignMounts } from './foreign-mounts.ts';
import { placeOnDevice } from './mounts.ts';
import { layersOf } from './overlay-layers.ts';

/** Where a unit lies, whatever it is called from where. */
export interface UnitPlace {
  /** "major:minor". */
  readonly device: string;
  /** Path inside the filesystem. */
  readonly place: ByteString;
  /** Path in this mount namespace. */
  readonly path: ByteString;
}

/** Who shows the unit, or a part of it, as a mount of its own. */
export function holderOfMount(
  unit: UnitPlace,
  ownMounts: readonly Mount[],
  { namespaces }: ForeignMounts,
): TmpHolder | undefined {
  const own = ownMounts.find((mount) => shows(mount, unit));
  if (own) {
    const how = own.type === 'overlay' ? 'overlay' : 'bind-mount';
    return { pid: 0, command: '' as ByteString, how, mountPoint: own.mountPoint };
  }
  for (const { pid, mounts } of namespaces) {
    const byId = new Map(mounts.map((mount) => [mount.id, mount]));
    const mount = mounts.find((one) => shows(one, unit) || covers(one, byId.get(one.parentId), unit));
    if (mount) {
      const command = readProcess(pid)?.command ?? ('' as ByteString);
      return { pid, command, how: 'mounted-elsewhere', mountPoint: mount.mountPoint };
    }
  }
  return undefined;
}

function shows(mount: Mount, unit: UnitPlace): boolean {
  const { device, root, type } = mount;
  if (type === 'overlay') return layersOf(mount).some((layer) => isInside(layer, unit.path));
  return device === unit.device && root !== '/' && isInside(root, unit.place);
}

function covers({ mountPoint }: Mount, above: Mount | undefined, unit: UnitPlace): boolean {
  return above?.device === unit.device && isInside(placeOnDevice(above, mountPoint), unit.place);
}
