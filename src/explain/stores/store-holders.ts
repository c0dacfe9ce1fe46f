/** Which processes have something in a store open: a process owns the tree it works in. */
import { fromText, isInside } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { deviceOf } from '../../model/file-id.ts';
import type { ProcessIdentity } from '../../model/process.ts';
import { namedFile } from '../../system/files/named-file.ts';
import { readProcess } from '../../system/processes/process-identity.ts';
import { readDockerContainer } from '../../system/services/docker-containers.ts';
import type { Facts } from '../facts.ts';
import { heldPathsBeside } from './held-paths.ts';
import type { HeldPath } from './held-paths.ts';

const MOST_HOLDERS = 3;

/** Reads the links of held files once per device: one is made per run. */
export class StoreHolders {
  readonly #facts: Facts;
  readonly #held = new Map<number, readonly HeldPath[]>();

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  /** Those that hold the path or something below it, one per program. */
  of(path: ByteString): ProcessIdentity[] {
    const pids = new Set(this.heldIn(path).map(({ pid }) => pid));
    const processes = [...pids].flatMap((pid) => readProcess(pid) ?? []);
    return [...new Map(processes.map((one) => [one.command, one])).values()].slice(0, MOST_HOLDERS);
  }

  heldIn(path: ByteString): HeldPath[] {
    const file = namedFile(path);
    if (file === undefined) return [];
    const device = deviceOf(file.id);
    let held = this.#held.get(device);
    if (held === undefined) {
      held = heldPathsBeside(file.id, this.#facts);
      this.#held.set(device, held);
    }
    return held.filter((one) => isInside(one.path, path));
  }
}

/** The name of the Docker container that a process runs in; undefined where it runs in none, or Docker's records cannot be read. */
export function dockerContainerOf({ container }: ProcessIdentity): ByteString | undefined {
  if (container === undefined || !/^[0-9a-f]{64}$/u.test(container)) return undefined;
  const name = readDockerContainer(fromText(`/var/lib/docker/containers/${container}`))?.name;
  return name === undefined ? undefined : fromText(name);
}
