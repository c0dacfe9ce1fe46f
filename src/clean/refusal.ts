/** Why a unit is left alone, or was left half done: an outcome with its code and its sentence. */
import type { ByteString } from '../model/byte-string.ts';
import type { DeleteOutcome, EntryChange } from '../model/delete-plan.ts';
import { errnoMessage } from '../system/calls/errno.ts';

export interface Refusal {
  readonly outcome: Extract<DeleteOutcome, 'changed' | 'failed' | 'skipped'>;
  readonly code: string;
  readonly reason: string;
  /** The entry it is about, below the unit; empty for the unit itself. */
  readonly below: ByteString;
  readonly changes: readonly EntryChange[];
}

const NOWHERE = '' as ByteString;

export function changed(reason: string, changes: readonly EntryChange[] = [], below = NOWHERE): Refusal {
  return { outcome: 'changed', code: 'changed', reason, below, changes };
}

export function skipped(code: string, reason: string, below = NOWHERE): Refusal {
  return { outcome: 'skipped', code, reason, below, changes: [] };
}

/** What the kernel said to a call. */
export function failed(code: string, doing: string, below = NOWHERE): Refusal {
  return { outcome: 'failed', code, reason: `${doing}: ${errnoMessage(code)}`, below, changes: [] };
}
