/** Mounts in the mount namespaces of other processes: containers, services with a private /tmp, sandboxes. */
import { readlinkSync } from 'node:fs';
import type { Mount } from '../../model/mount.ts';
import { readMountsOf } from './mounts.ts';
import { processIds } from '../processes/process-ids.ts';

/** The mount table of another namespace, and a process in it. */
interface MountNamespace {
  readonly pid: number;
  readonly mounts: readonly Mount[];
}

export interface ForeignMounts {
  readonly namespaces: readonly MountNamespace[];
  /** Processes whose namespace is hidden. */
  readonly hidden: number;
}

/** Every mount namespace but this process's own, as far as they can be read. */
export function readForeignMounts(): ForeignMounts {
  const namespaces: MountNamespace[] = [];
  let hidden = 0;
  let own: string;
  try {
    own = readlinkSync('/proc/self/ns/mnt');
  } catch {
    return { namespaces, hidden };
  }
  const seen = new Set([own]);
  for (const pid of processIds()) {
    try {
      const namespace = readlinkSync(`/proc/${pid}/ns/mnt`);
      if (seen.has(namespace)) continue;
      seen.add(namespace);
      namespaces.push({ pid, mounts: readMountsOf(pid) });
    } catch {
      hidden++;
    }
  }
  return { namespaces, hidden };
}
