/** Why a unit is left alone, or was left half done, and at which of its entries. */
import type { ByteString } from '../../model/byte-string.ts';
import type { DeleteOutcome, EntryChange, Attempt, Obstacle, UnitChange } from '../../model/deletion.ts';

export interface Refusal {
  readonly obstacle: Obstacle;
  /** The entry it is about, below the unit; empty for the unit itself. */
  readonly at: ByteString;
}

const ITSELF = '' as ByteString;

export function refusal(obstacle: Obstacle, at = ITSELF): Refusal {
  return { obstacle, at };
}

export function changed(how: UnitChange, changes: readonly EntryChange[] = [], at = ITSELF): Refusal {
  return { obstacle: { kind: 'changed', how, changes }, at };
}

/** An entry that is no longer what the guard read. */
export function changedEntry(how: UnitChange, below: ByteString): Refusal {
  return changed(how, [{ below, change: 'changed' }], below);
}

/** What the kernel said to a call. */
export function kernelSaid(errno: string, attempt: Attempt, at = ITSELF): Refusal {
  return { obstacle: { kind: 'kernel', attempt, errno }, at };
}

/** What a unit's outcome is called where this stood in its way. */
export function outcomeBecauseOf({
  kind,
}: Obstacle): Extract<DeleteOutcome, 'changed' | 'failed' | 'skipped'> {
  if (kind === 'changed') return 'changed';
  return kind === 'kernel' || kind === 'not-whole' || kind === 'foreign-quarantine' ? 'failed' : 'skipped';
}

/** What a look at the unit itself failed with. */
export function gone(code: string): Refusal {
  return code === 'ENOENT'
    ? changed('gone', [{ below: '' as ByteString, change: 'gone' }])
    : kernelSaid(code, 'look');
}

/** Why a lock was not given. */
export function notLocked(result: 'held' | 'impossible', below = '' as ByteString): Refusal {
  return result === 'held' ? refusal({ kind: 'locked' }, below) : kernelSaid('ENOLCK', 'lock', below);
}
