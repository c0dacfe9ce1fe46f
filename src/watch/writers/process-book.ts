/**
 * Who the processes are that were seen writing: read at once, because many live for milliseconds only, and kept with
 * their ancestors, because afterwards nobody knows them.
 */
import type { ProcessIdentity } from '../../model/process.ts';
import { readProcess } from '../../system/processes/process-identity.ts';

/** A process with its number used again is another one; one not seen for so long may be. */
const SAME_SECONDS = 30;
const MOST = 4096;
/** Identities read per second: a storm of short-lived processes must not cost more than naming some of them. */
const READS_PER_SECOND = 300;
const MOST_ANCESTORS = 12;

export interface KnownProcess {
  readonly pid: number;
  /** Undefined where it was gone before it could be read. */
  readonly identity: ProcessIdentity | undefined;
  /** Parent first. */
  ancestors: readonly ProcessIdentity[];
  lastAt: number;
  /** False while it may be a copy of its parent that is about to become another program. */
  isSettled: boolean;
}

export class ProcessBook {
  readonly #known = new Map<number, KnownProcess>();
  #allowance = READS_PER_SECOND;
  #allowedAt = 0;

  /** The process as it is now, or as it was when it was first met. */
  meet(pid: number, nowSeconds: number): KnownProcess {
    const known = this.#known.get(pid);
    if (known && nowSeconds - known.lastAt < SAME_SECONDS) {
      known.lastAt = nowSeconds;
      if (known.identity && known.ancestors.length === 0)
        known.ancestors = this.#ancestorsOf(known.identity, nowSeconds);
      if (known.isSettled) return known;
      known.isSettled = true;
      const again = readProcess(pid);
      if (!again || isCopy(again, known.identity)) return known;
    }
    const met = this.#read(pid, nowSeconds);
    this.#known.delete(pid);
    this.#known.set(pid, met);
    if (this.#known.size > MOST) this.#known.delete(this.#known.keys().next().value!);
    return met;
  }

  #read(pid: number, nowSeconds: number): KnownProcess {
    const identity = this.#mayRead(nowSeconds) ? readProcess(pid) : undefined;
    const ancestors = identity ? this.#ancestorsOf(identity, nowSeconds) : [];
    return { pid, identity, ancestors, lastAt: nowSeconds, isSettled: !isCopy(identity, ancestors[0]) };
  }

  /** What an ancestor was called is remembered: it is asked for with every child it starts. */
  #ancestorsOf(identity: ProcessIdentity, nowSeconds: number): ProcessIdentity[] {
    const ancestors: ProcessIdentity[] = [];
    let { parentPid } = identity;
    while (parentPid > 0 && ancestors.length < MOST_ANCESTORS) {
      const known = this.#known.get(parentPid);
      const fresh = known && nowSeconds - known.lastAt < SAME_SECONDS ? known : undefined;
      const parent = fresh?.identity ?? readProcess(parentPid);
      if (!parent) break;
      if (!fresh)
        this.#known.set(parentPid, {
          pid: parentPid,
          identity: parent,
          ancestors: [],
          lastAt: nowSeconds,
          isSettled: true,
        });
      ancestors.push(parent);
      if (fresh && fresh.ancestors.length > 0) {
        ancestors.push(...fresh.ancestors);
        break;
      }
      parentPid = parent.parentPid;
    }
    return ancestors.slice(0, MOST_ANCESTORS);
  }

  #mayRead(nowSeconds: number): boolean {
    if (nowSeconds - this.#allowedAt >= 1) {
      this.#allowance = READS_PER_SECOND;
      this.#allowedAt = nowSeconds;
    }
    return this.#allowance-- > 0;
  }
}

/** Between fork(2) and execve(2) a process looks like its parent. */
function isCopy(one: ProcessIdentity | undefined, other: ProcessIdentity | undefined): boolean {
  return (
    one !== undefined &&
    other !== undefined &&
    one.command === other.command &&
    one.commandLine.join('\0') === other.commandLine.join('\0')
  );
}
