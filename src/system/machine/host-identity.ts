/** Who this machine is to others: its name, and an id that two machines of one name do not share. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** gethostname(2) */
export function hostName(): string {
  return hostname();
}

/**
 * 16 hexadecimal digits. Made of machine-id(5), which is not to be shown to others as it is; where there is none, of the
 * name alone.
 */
export function machineId(): string {
  let id;
  try {
    id = readFileSync('/etc/machine-id', 'latin1').trim();
  } catch {
    id = '';
  }
  return machineIdOf(/^[0-9a-f]{32}$/u.test(id) ? id : hostname());
}

/** The id of a machine of which no more is known than its name. */
export function machineIdOf(known: string): string {
  return createHash('sha256').update(`diskwhy record ${known}`).digest('hex').slice(0, 16);
}
