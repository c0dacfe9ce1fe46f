/** The journal's line of a unit before it is touched. */
import type { ByteString } from '../../model/byte-string.ts';
import type { PlannedUnit } from '../../model/delete-plan.ts';
import { journalTime } from '../journal/journal-lines.ts';
import type { IntentRecord } from '../journal/journal-lines.ts';

/** @param movedTo for `quarantine`: where it will be. */
export function intentOf(
  { path, rule, parent, identity, entries, freeableBytes, digest }: PlannedUnit,
  unit: number,
  action: IntentRecord['action'],
  movedTo: ByteString | undefined,
): IntentRecord {
  const { id } = identity;
  return {
    type: 'intent',
    at: journalTime(),
    unit,
    action,
    path,
    rule,
    parent,
    id,
    entries,
    freeableBytes,
    digest,
    movedTo,
  };
}
