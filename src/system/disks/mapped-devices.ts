/** Device mapper's devices that a block device stands on (sysfs: slaves/ of a disk, dm/ of a mapped one). */
import { readdirSync, readFileSync } from 'node:fs';

export interface MappedDevice {
  /** As device mapper calls it, e.g. "vg0-pool0-tpool". */
  readonly name: string;
  /** Begins with who made it: "LVM-…"; empty where nobody said. */
  readonly uuid: string;
}

/** All below, the device itself first; none where there is no sysfs. @param number "major:minor" */
export function mappedDevicesUnder(number: string): MappedDevice[] {
  const found = new Map<string, MappedDevice | undefined>();
  const look = (directory: string): void => {
    const own = read(`${directory}/dev`);
    if (own === undefined || found.has(own)) return;
    const name = read(`${directory}/dm/name`);
    found.set(own, name === undefined ? undefined : { name, uuid: read(`${directory}/dm/uuid`) ?? '' });
    for (const below of names(`${directory}/slaves`)) look(`${directory}/slaves/${below}`);
  };
  look(`/sys/dev/block/${number}`);
  return [...found.values()].filter((device) => device !== undefined);
}

function names(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}
