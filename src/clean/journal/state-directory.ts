/** Where journals of deletions are kept. */
import { fromText, joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import { stateDirectory } from '../../model/state-directory.ts';
import type { StateEnvironment } from '../../model/state-directory.ts';

/** Throws UsageError where there is no place. */
export function journalDirectory(environment: StateEnvironment, uid: number): ByteString {
  const state = stateDirectory(environment, uid);
  if (state !== undefined) return joinPath(state, fromText('journal'));
  throw new UsageError(
    'there is no HOME to keep the journal in; --journal PATH says where, --no-journal does without',
  );
}
